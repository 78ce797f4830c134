"""Records as they are compared, read in one statement however many there are."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db import connection

from foundation.actors import Actor
from missingcases.matching import births
from missingcases.matching.comparing import Profile
from missingcases.matching.selectors.candidates import seen_by
from missingcases.matching.words import words

_PERSON = """
SELECT p.id, p.given_names, p.family_name, p.date_of_birth, p.estimated_age, p.estimated_on, p.sex,
       ARRAY(SELECT a.name FROM missingcases_alias a WHERE a.person_id = p.id ORDER BY a.id)
"""
_READ = f"""{_PERSON},
       ARRAY(SELECT t.number_key FROM missingcases_phone t WHERE t.person_id = p.id),
       k.address_words, k.places
FROM missingcases_missingperson p LEFT JOIN matching_personkeys k ON k.person_id = p.id
WHERE p.id = ANY(%s)
"""  # noqa: S608
# One after the other, so that no more are looked at than it takes to find so many.
_READ_SEEN = f"""{_PERSON}
FROM unnest(%s::bigint[]) WITH ORDINALITY AS asked(id, at) JOIN missingcases_missingperson p USING (id)
WHERE """


def profiles_of(person_ids: Collection[int]) -> dict[int, Profile]:
    """The profiles of these people by id, as of people found already: sight is the caller's to see to."""
    if not person_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_READ, [list(person_ids)])
        return {row[0]: _profile(*row[1:]) for row in cursor.fetchall()}


def names_seen(actor: Actor, person_ids: list[int], most: int) -> dict[int, Profile]:
    """Of these people, in this order, the first `most` whose record the actor sees: names, birth and sex."""
    if not person_ids:
        return {}
    seen, values = seen_by(actor, "p.id")
    with connection.cursor() as cursor:
        cursor.execute(f"{_READ_SEEN}{seen} ORDER BY asked.at LIMIT %s", [person_ids, *values, most])
        return {row[0]: _profile(*row[1:]) for row in cursor.fetchall()}


def _profile(
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
