"""Who may be meant where names are all that is known, so that no record is told of but those the actor sees.

Nobody is looked through for the sake of other forces then, and sight is asked of the likest alone, by the
statement that reads them. One statement finds whom to ask about, written by hand as in `candidates`.
"""

from __future__ import annotations

from typing import NamedTuple

from django.db import connection

from foundation.accounts.enums import POLICE
from foundation.actors import Actor
from missingcases.matching.selectors.candidates import (
    BY_NAME,
    LIKEST,
    OF_ONE_NAME,
    Piece,
    name_bits,
    seen_by,
)
from missingcases.matching.selectors.standins import StandIns

# So many with one name alone are looked at, and so many of them kept, the actor's own organisation's first.
WITH_ONE_NAME, KEPT = 120, 40
# So many of other forces' people are asked about for the police: most forces keep theirs to themselves.
OF_OTHERS = 40
_BOTH = "k.given && %s::int[] AND k.family && %s::int[] OR k.given && %s::int[] AND k.family && %s::int[]"
_ONE = "k.given = '{}' AND k.family && %s::int[] OR k.family = '{}' AND k.given && %s::int[]"
_WHO = "SELECT k.person_id, k.given, k.family, k.organisation_id FROM matching_personkeys k"
_LIKEST = "(k.given && %s::int[])::int + (k.family && %s::int[])::int + (k.organisation_id = %s)::int DESC"


class _Named(NamedTuple):
    """Somebody's names by the numbers of their words, and whether they are of the actor's organisation."""

    person_id: int
    given: tuple[int, ...]
    family: tuple[int, ...]
    is_own: bool


def likest_named(actor: Actor, given: StandIns, family: StandIns) -> list[int]:
    """People who may have both names, in either order, the likest first. Sight is the caller's to see to."""
    own = actor.organisation_id or 0
    # Few of all there are can be seen by others than the police, so they look among those alone.
    is_police = actor.holds(POLICE)
    inside: Piece = ("TRUE", []) if is_police else seen_by(actor, "k.person_id")
    found = _read(_by_both_or_one(given, family, own, inside), own)
    bits = {names: name_bits(*names, given, family) for names in {(one.given, one.family) for one in found}}
    ranked = sorted({(bits[one.given, one.family], one.is_own, one.person_id) for one in found}, reverse=True)
    others = [pk for _, is_own, pk in ranked if not is_own]
    too_many = set(others[OF_OTHERS:] if is_police else ())
    return [pk for _, _, pk in ranked if pk not in too_many]


def _by_both_or_one(given: StandIns, family: StandIns, own: int, inside: Piece) -> list[Piece]:
    first, last = _fitting(given.as_given), _fitting(family.as_family)
    best = first[:LIKEST] + last[:LIKEST]
    both = f"{_WHO} WHERE ({_BOTH}) AND {inside[0]} ORDER BY {_LIKEST}, k.person_id DESC LIMIT {BY_NAME}"
    some = f"{_WHO} WHERE ({_ONE}) AND {inside[0]} LIMIT {WITH_ONE_NAME}"
    one = f"SELECT * FROM ({some}) AS one ORDER BY organisation_id = %s DESC LIMIT {KEPT}"  # noqa: S608
    return [
        (both, [first, last, last, first, *inside[1], best, best, own]),
        (one, [last[:OF_ONE_NAME], first[:OF_ONE_NAME], *inside[1], own]),
    ]


def _fitting(bits: dict[int, float]) -> list[int]:
    """The words that speak for somebody; where there are none, those that speak least against."""
    return [number for number, says in bits.items() if says > 0] or list(bits)


def _read(ways: list[Piece], own: int) -> list[_Named]:
    found = " UNION ALL ".join(f"({sql})" for sql, _ in ways)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT person_id, given, family, organisation_id = %s FROM ({found}) AS found",  # noqa: S608
            [own, *(value for _, values in ways for value in values)],
        )
        return [_Named(pk, tuple(given), tuple(family), is_own) for pk, given, family, is_own in cursor]
