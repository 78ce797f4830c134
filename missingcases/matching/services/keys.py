"""Making the keys by which people are found, in the transaction that writes the people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from missingcases.matching.models import NameToken, PersonKeys
from missingcases.matching.places import place_keys, word_keys
from missingcases.matching.words import keys_of, words
from missingcases.models import Address, Alias, MissingPerson

# Raise it when keys are made differently: `rebuild_name_keys` then makes every row again.
SCHEME = 1
CHUNK = 1000


def index_people(person_ids: Collection[int]) -> int:
    """Make the keys of these people anew and return how many there were. Safe to run again."""
    people = list(
        MissingPerson.objects.filter(pk__in=person_ids).only(
            "organisation_id", "given_names", "family_name", "date_of_birth"
        )
    )
    ids = [one.pk for one in people]
    others: dict[int, list[str]] = defaultdict(list)
    for person_id, name in Alias.objects.filter(person_id__in=ids).values_list("person_id", "name"):
        others[person_id].extend(words(name))
    homes: dict[int, list[str]] = defaultdict(list)
    for person_id, text in Address.objects.filter(person_id__in=ids).values_list("person_id", "text"):
        homes[person_id].append(text)
    family = {one.pk: {*words(one.family_name), *others[one.pk]} for one in people}
    given = {one.pk: {*words(one.given_names), *others[one.pk]} for one in people}
    tokens = _token_ids({word for found in (*family.values(), *given.values()) for word in found})
    PersonKeys.objects.bulk_create(
        [
            PersonKeys(
                person=one,
                organisation_id=one.organisation_id,
                family=sorted(tokens[word] for word in family[one.pk]),
                given=sorted(tokens[word] for word in given[one.pk]),
                date_of_birth=one.date_of_birth,
                places=sorted({key for text in homes[one.pk] for key in place_keys(text)}),
                address_words=sorted({key for text in homes[one.pk] for key in word_keys(text)}),
                scheme=SCHEME,
            )
            for one in sorted(people, key=lambda one: one.pk)
        ],
        update_conflicts=True,
        unique_fields=["person"],
        update_fields=[
            "organisation", "family", "given", "date_of_birth", "places", "address_words", "scheme",
        ],
    )  # fmt: skip
    return len(people)


def _token_ids(wanted: set[str]) -> dict[str, int]:
    """The ids of these words. New ones are written in order, so that two writers never wait in a ring."""
    known = _known(wanted)
    new = sorted(wanted - known.keys())
    if new:
        NameToken.objects.bulk_create(
            [NameToken(token=word, keys=list(keys_of(word))) for word in new], ignore_conflicts=True
        )
        known |= _known(new)
    return known


def _known(wanted: Iterable[str]) -> dict[str, int]:
    return dict(NameToken.objects.filter(token__in=list(wanted)).values_list("token", "pk"))


def rebuild(*, limit: int = CHUNK) -> int:
    """Make the keys of the next people who have none of the present scheme; 0 when there is nobody left."""
    behind = MissingPerson.objects.exclude(keys__scheme=SCHEME).order_by("pk")
    return index_people(list(behind.values_list("pk", flat=True)[:limit]))
