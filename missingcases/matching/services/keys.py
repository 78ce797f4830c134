"""Making the keys by which people are found, in the transaction that writes the people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from django.db import connection

from foundation.copying import copy_in
from missingcases.matching.models import NO_WORD, NamePair, NameToken, PersonKeys
from missingcases.matching.places import place_keys, word_keys
from missingcases.matching.words import keys_of, word_id, words
from missingcases.models import Address, Alias, MissingPerson

# Raise it when keys are made differently: `rebuild_name_keys` then makes every row again.
SCHEME = 2
CHUNK = 5000
_MADE = ("organisation", "family", "given", "date_of_birth", "places", "address_words", "scheme")
# `pair_of` each word of a family name and each of a given name; where one name is not known, of `NO_WORD`.
_PAIRS = f"""
INSERT INTO matching_namepair (pair, organisation_id, person_id)
SELECT DISTINCT (leads::bigint << 32) | (follows::bigint & 4294967295), k.organisation_id, k.person_id
FROM matching_personkeys k
CROSS JOIN unnest(CASE k.family WHEN '{{}}' THEN '{{{NO_WORD}}}' ELSE k.family END) AS leads
CROSS JOIN unnest(CASE k.given WHEN '{{}}' THEN '{{{NO_WORD}}}' ELSE k.given END) AS follows
WHERE k.person_id = ANY(%s) AND (k.family <> '{{}}' OR k.given <> '{{}}')
"""  # noqa: S608


def index_people(person_ids: Collection[int]) -> int:
    """Make the keys of these people anew and return how many there were. Safe to run again."""
    rows = _rows_of(person_ids)
    PersonKeys.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["person"], update_fields=list(_MADE)
    )
    made = [row.person_id for row in rows]
    # Behind the rows' locks, so that two who write one person do not both leave pairs.
    NamePair.objects.filter(person_id__in=made).delete()
    _pair_words(made)
    return len(rows)


def seed_people(person_ids: Collection[int]) -> int:
    """The same by COPY, for very many new people without keys, whom nobody else writes meanwhile."""
    names = ("person_id", "organisation_id", *(name for name in _MADE if name != "organisation"))
    rows = _rows_of(person_ids)
    made = copy_in(PersonKeys, names, ([getattr(row, name) for name in names] for row in rows))
    _pair_words([row.person_id for row in rows])
    return made


def rebuild(*, limit: int = CHUNK) -> int:
    """Make the keys of the next people who have none of the present scheme; 0 when there is nobody left."""
    behind = MissingPerson.objects.exclude(keys__scheme=SCHEME).order_by("pk")
    return index_people(list(behind.values_list("pk", flat=True)[:limit]))


def _rows_of(person_ids: Collection[int]) -> list[PersonKeys]:
    """What these people are found by, in the order of their ids; new words are kept on the way."""
    people = MissingPerson.objects.filter(pk__in=person_ids).order_by("pk")
    others = _texts(Alias.objects.filter(person_id__in=person_ids).values_list("person_id", "name"))
    homes = _texts(Address.objects.filter(person_id__in=person_ids).values_list("person_id", "text"))
    rows: list[PersonKeys] = []
    met: set[str] = set()
    for pk, organisation, given, family, born in people.values_list(
        "pk", "organisation_id", "given_names", "family_name", "date_of_birth"
    ):
        other = {word for name in others.get(pk, ()) for word in words(name)}
        as_given, as_family = {*words(given), *other}, {*words(family), *other}
        met |= as_given | as_family
        rows.append(
            PersonKeys(
                person_id=pk,
                organisation_id=organisation,
                family=sorted(map(word_id, as_family)),
                given=sorted(map(word_id, as_given)),
                date_of_birth=born,
                places=sorted({key for text in homes.get(pk, ()) for key in place_keys(text)}),
                address_words=sorted({key for text in homes.get(pk, ()) for key in word_keys(text)}),
                scheme=SCHEME,
            )
        )
    _keep_words(met)
    return rows


def _pair_words(person_ids: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS, [person_ids])


def _texts(found: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    texts: dict[int, list[str]] = defaultdict(list)
    for person_id, text in found:
        texts[person_id].append(text)
    return texts


def _keep_words(met: set[str]) -> None:
    """Keep the words that are new to the dictionary.

    A word that another transaction writes at this moment is not seen and kept twice, which does no harm:
    waiting for that transaction would, for it may be a long import.
    """
    for chunk in _chunks(sorted(met)):
        numbers = [word_id(word) for word in chunk]
        known = set(NameToken.objects.filter(number__in=numbers).values_list("token", flat=True))
        new = [word for word in chunk if word not in known]
        rows = ((word, word_id(word), list(keys_of(word))) for word in new)
        copy_in(NameToken, ("token", "number", "keys"), rows)


def _chunks(found: list[str]) -> Iterator[list[str]]:
    return (found[at : at + CHUNK] for at in range(0, len(found), CHUNK))
