"""Records as they are compared, read in one statement however many there are."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db import connection

from missingcases.matching import births
from missingcases.matching.comparing import Profile
from missingcases.matching.words import words

_READ = """
SELECT p.id, p.given_names, p.family_name, p.date_of_birth, p.estimated_age, p.estimated_on, p.sex,
       ARRAY(SELECT a.name FROM missingcases_alias a WHERE a.person_id = p.id ORDER BY a.id),
       ARRAY(SELECT t.number_key FROM missingcases_phone t WHERE t.person_id = p.id),
       k.address_words, k.places
FROM missingcases_missingperson p LEFT JOIN matching_personkeys k ON k.person_id = p.id
WHERE p.id = ANY(%s)
"""


def profiles_of(person_ids: Collection[int]) -> dict[int, Profile]:
    """The profiles of these people by id, as of people found already: sight is the caller's to see to."""
    if not person_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_READ, [list(person_ids)])
        return {row[0]: profile_of(*row[1:]) for row in cursor.fetchall()}


def profile_of(
    given: str,
    family: str,
    born: Any,
    age: int | None,
    on: Any,
    sex: str,
    others: list[str],
    phones: Iterable[str] = (),
    address: Iterable[int] | None = None,
    places: Iterable[int] | None = None,
) -> Profile:
    """What is read of somebody, as it is compared; `others` are further names they go by."""
    return Profile(
        given=words(given),
        family=words(family),
        others=tuple(words(name) for name in others),
        born=births.digits(born),
        years=None if age is None else births.years_of(age, on),
        sex=sex,
        phones=frozenset(phones),
        address=frozenset(address or ()),
        places=frozenset(places or ()),
    )
