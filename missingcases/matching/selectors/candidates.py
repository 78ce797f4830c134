"""Who may be meant: people found by keys, some hundreds at most, and whether the actor sees their records.

One statement, written by hand: Django takes longer to write it than Postgres to answer it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

from foundation.accounts.enums import POLICE
from foundation.actors import Actor
from missingcases.matching import births
from missingcases.matching.comparing import Profile, address_alike
from missingcases.matching.selectors.standins import StandIns
from missingcases.matching.weights import GENERAL
from missingcases.selectors.paging import keys_of
from missingcases.selectors.sight import RECORD_SEEN

# How many people each way of searching may bring.
BY_NAME, BY_BIRTH, BY_CONTACT = 300, 100, 50
# Of one name alone only the likest words are looked up; of two, so many of the likest put somebody first.
OF_ONE_NAME, LIKEST = 5, 3
_HAS_PHONE = "k.person_id IN (SELECT person_id FROM missingcases_phone WHERE number_key = ANY(%s::varchar[]))"
# SQL and its values, in order.
Piece = tuple[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be meant, whether the actor sees their record, and how likely by keys alone."""

    person_id: int
    is_seen: bool
    bits: float


def candidates(actor: Actor, wanted: Profile, given: StandIns, family: StandIns) -> list[Candidate]:
    """Whoever may be `wanted`, found by names in either order, birth, phone or address, the likest first."""
    seen = seen_by(actor, "k.person_id")
    # Of many who share a name the police find their own force's first; others see few of all there are.
    inside: Piece = ("TRUE", []) if actor.holds(POLICE) else seen
    branches = list(_branches(wanted, given, family, inside, actor.organisation_id or 0))
    if not branches:
        return []
    found = " UNION ".join(f"({sql})" for sql, _ in branches)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT k.person_id, k.given, k.family, k.date_of_birth, k.address_words, "  # noqa: S608
            f"{_HAS_PHONE}, {seen[0]} FROM ({found}) AS found JOIN matching_personkeys k USING (person_id)",
            [sorted(wanted.phones), *seen[1], *(value for _, values in branches for value in values)],
        )
        rows = cursor.fetchall()
    people = [Candidate(row[0], bool(row[6]), _bits(row, wanted, given, family)) for row in rows]
    return sorted(people, key=lambda one: (-one.bits, -one.person_id))


def seen_by(actor: Actor, person: str) -> Piece:
    """`RECORD_SEEN` with its values in order, for statements that are put together anew each time."""
    values = keys_of(actor)
    names = re.findall(r"%\((\w+)\)s", RECORD_SEEN)
    return re.sub(r"%\(\w+\)s", "%s", RECORD_SEEN).format(person=person), [values[name] for name in names]


def _branches(wanted: Profile, given: StandIns, family: StandIns, inside: Piece, own: int) -> Iterator[Piece]:
    days = births.dates_near(wanted.born)
    names = _by_name(given.numbers, family.numbers)
    if names:
        best = given.numbers[:LIKEST] + family.numbers[:LIKEST]
        first = (
            "(k.given && %s::int[])::int + (k.family && %s::int[])::int "
            "+ 2 * coalesce(k.date_of_birth = ANY(%s::date[]), FALSE)::int "
            "+ (k.organisation_id = %s)::int DESC, "
        )
        yield _people(names, inside, BY_NAME, (first, [best, best, days, own]))
    if days:
        either = given.numbers + family.numbers
        yield _people(("k.date_of_birth = %s::date", [births.as_date(wanted.born)]), inside, BY_BIRTH)
        if either:
            named = "(k.given && %s::int[] OR k.family && %s::int[] OR k.given || k.family = '{}')"
            near = f"k.date_of_birth = ANY(%s::date[]) AND {named}"
            yield _people((near, [days, either, either]), inside, BY_BIRTH)
    if wanted.phones:
        yield _people((_HAS_PHONE, [sorted(wanted.phones)]), inside, BY_CONTACT)
    if wanted.places:
        at_home: Piece = ("k.places && %s::bigint[]", [sorted(wanted.places)])
        yield _people(at_home, inside, BY_CONTACT)


def _people(condition: Piece, inside: Piece, most: int, first: Piece = ("", [])) -> Piece:
    """People of a condition whom the actor may look through, in the order of `first`, then the newest."""
    sql = (
        f"SELECT k.person_id FROM matching_personkeys k WHERE ({condition[0]}) AND {inside[0]} "  # noqa: S608
        f"ORDER BY {first[0]} k.person_id DESC LIMIT {most}"
    )
    return sql, [*condition[1], *inside[1], *first[1]]


_BOTH = (
    "k.given && %s::int[] AND k.family && %s::int[] OR k.given && %s::int[] AND k.family && %s::int[] "
    "OR k.given = '{}' AND k.family && %s::int[] OR k.family = '{}' AND k.given && %s::int[]"
)
_EITHER = "k.given && %s::int[] OR k.family && %s::int[]"


def _by_name(given: list[int], family: list[int]) -> Piece | None:
    if given and family:
        return _BOTH, [given, family, family, given, family[:OF_ONE_NAME], given[:OF_ONE_NAME]]
    one = (given or family)[:OF_ONE_NAME]
    return (_EITHER, [one, one]) if one else None


def _bits(row: tuple[Any, ...], wanted: Profile, given: StandIns, family: StandIns) -> float:
    """What the keys of somebody say, without a look at their record: enough to choose whom to compare."""
    _, as_given, as_family, born, address, has_phone, _ = row
    birth = births.compare(wanted.born, births.digits(born)).value
    home = address_alike(wanted.address, frozenset(address))
    return (
        name_bits(as_given, as_family, given, family)
        + GENERAL.bits("birth", birth)
        + GENERAL.bits("address", home)
        + GENERAL.bits("phone", "same" if has_phone else "not_known")
    )


def name_bits(
    as_given: Collection[int], as_family: Collection[int], given: StandIns, family: StandIns
) -> float:
    """What somebody's names say by their numbers, as they stand or exchanged."""
    kept = _best(given.as_given, as_given, "given") + _best(family.as_family, as_family, "family")
    swapped = _best(given.as_given, as_family, "given") + _best(family.as_family, as_given, "family")
    return max(kept, swapped + GENERAL.bits("order", "swapped"))


def _best(bits: dict[int, float], numbers: Collection[int], field: str) -> float:
    """The likest of somebody's words; nothing where either name is not known."""
    if not bits or not numbers:
        return 0.0
    other = GENERAL.bits(field, "other")
    return max(bits.get(number, other) for number in numbers)
