"""Records as they are compared, read in a few queries however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from missingcases.matching import births
from missingcases.matching.comparing import Profile
from missingcases.matching.models import PersonKeys
from missingcases.matching.words import words
from missingcases.models import Alias, MissingPerson, Phone


def profiles_of(person_ids: Collection[int], *, with_places: bool = False) -> dict[int, Profile]:
    """The profiles of these people by id; with the keys to search addresses by where a table is blocked."""
    if not person_ids:
        return {}
    others: dict[int, list[tuple[str, ...]]] = defaultdict(list)
    for person_id, name in Alias.objects.filter(person_id__in=person_ids).values_list("person_id", "name"):
        others[person_id].append(words(name))
    phones: dict[int, set[str]] = defaultdict(set)
    for person_id, key in Phone.objects.filter(person_id__in=person_ids).values_list(
        "person_id", "number_key"
    ):
        phones[person_id].add(key)
    keys = PersonKeys.objects.filter(pk__in=person_ids)
    addresses = dict(keys.values_list("pk", "address_words"))
    places = dict(keys.values_list("pk", "places")) if with_places else {}
    people = MissingPerson.objects.filter(pk__in=person_ids).values_list(
        "pk", "given_names", "family_name", "date_of_birth", "estimated_age", "estimated_on", "sex"
    )
    return {
        pk: Profile(
            given=words(given),
            family=words(family),
            others=tuple(others[pk]) if pk in others else (),
            born=births.digits(born),
            years=None if age is None or on is None else births.years_of(age, on),
            sex=sex,
            phones=frozenset(phones[pk]) if pk in phones else frozenset(),
            address=frozenset(addresses.get(pk, ())),
            places=frozenset(places.get(pk, ())),
        )
        for pk, given, family, born, age, on, sex in people
    }
