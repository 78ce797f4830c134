"""Which numbers of a board are told: small ones are not, nor what gives them away. Pure.

Of police records nought is told, and how many clocks there were in all is not known. Of a confidence nought
is such a number too, and whoever owes a child an interview knows how many were due. Clocks of the same
records are solved together, with what lies between them: of 40 offered 38 held tells of two children.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from foundation.suppression import Sum, hidden
from foundation.tables import Hidden
from reports.boards.counting import Tally

PARTS = ("kept", "missed", "running", "not_owed")
# Of a week that is over nothing runs, and no interview ends otherwise: everybody knows that there is none.
_NOUGHT = ("running", "not_owed")
Place = tuple[str, str]  # a clock, and a group or "" for all of them


@dataclass(frozen=True, slots=True)
class Told:
    """A tally as its reader has it: a number, or `Hidden`. A time of which the number is hidden is None."""

    kept: int | Hidden
    missed: int | Hidden
    running: int | Hidden
    not_owed: int | Hidden
    percent: float | Hidden | None
    median_late: timedelta | None
    worst_late: timedelta | None
    took: timedelta | None


def told(
    tallies: Mapping[Place, Tally],
    *,
    fewest: int,
    in_confidence: bool = False,
    is_over: bool = True,
    knows: Collection[str] = (),
) -> dict[Place, Told]:
    """The tallies of one week of clocks of the same records as they are told, with those of all groups.

    Of a week that is not over nothing of a confidence is told: two looks would tell what one child said in
    between. `knows` are the clocks that the reader could count from the records.
    """
    if not fewest:
        return {place: whole(tally) for place, tally in tallies.items()}
    if in_confidence and not is_over:
        every = frozenset((place, part) for place in tallies for part in PARTS)
        return {place: _part(place, tally, every, fewest) for place, tally in tallies.items()}
    counts: dict[Hashable, int] = {
        (place, part): getattr(tally, part)
        for place, tally in tallies.items()
        for part in PARTS
        if in_confidence or getattr(tally, part)
    }
    sums = _of_groups(tallies, counts)
    known: set[Hashable] = set()
    untold: set[Hashable] = set()
    if in_confidence:
        known = {cell for cell in counts if cell[1] in _NOUGHT and not counts[cell]}  # type: ignore[index]
        known |= {((clock, group), part) for clock, group in tallies if clock in knows for part in PARTS}
        known |= _of_all(tallies, counts, sums)
        untold = _between(tallies, counts, sums)
    away = hidden(counts, sums, fewest=fewest, untold=untold, known=known)
    small = {cell for cell in known if counts[cell] < fewest}
    return {place: _part(place, tally, away | small, fewest) for place, tally in tallies.items()}


def _of_groups(tallies: Mapping[Place, Tally], counts: Mapping[Hashable, int]) -> list[Sum]:
    """That a number of all groups is the sum of theirs."""
    found = []
    for clock, group in tallies:
        groups = [other for one, other in tallies if one == clock and other]
        if group or not groups:
            continue
        for part in PARTS:
            parts = tuple(((clock, one), part) for one in groups if ((clock, one), part) in counts)
            if parts:
                found.append(Sum(((clock, ""), part), parts))
    return found


def _of_all(tallies: Mapping[Place, Tally], counts: dict[Hashable, int], sums: list[Sum]) -> set[Hashable]:
    """How many were due, which is the same for every clock of them."""
    found: set[Hashable] = set()
    for (clock, group), tally in tallies.items():
        whole: Hashable = ("due", group)
        counts[whole] = sum(getattr(tally, part) for part in PARTS)
        sums.append(Sum(whole, tuple(((clock, group), part) for part in PARTS)))
        found.add(whole)
    return found


def _between(tallies: Mapping[Place, Tally], counts: dict[Hashable, int], sums: list[Sum]) -> set[Hashable]:
    """What lies between the same number of two clocks, which no page shows."""
    found: set[Hashable] = set()
    clocks = list(dict.fromkeys(clock for clock, _ in tallies))
    for one, other in pairwise(clocks):
        for group in (group for clock, group in tallies if clock == one and (other, group) in tallies):
            for part in (part for part in PARTS if part not in _NOUGHT):
                cells = [((one, group), part), ((other, group), part)]
                less, more = sorted(cells, key=lambda cell: counts[cell])
                gap = (one, other, group, part)
                counts[gap] = counts[more] - counts[less]
                sums.append(Sum(more, (less, gap)))
                found.add(gap)
    return found


def whole(tally: Tally) -> Told:
    """A tally of which everything is told."""
    counts = (tally.kept, tally.missed, tally.running, tally.not_owed)
    return Told(*counts, tally.percent, tally.median_late, tally.worst_late, tally.took)


def _part(place: Place, tally: Tally, away: frozenset[object], fewest: int) -> Told:
    gone = Hidden(fewest)
    kept, missed, running, not_owed = (
        gone if (place, part) in away else getattr(tally, part) for part in PARTS
    )
    is_told = not isinstance(kept, Hidden) and not isinstance(missed, Hidden)
    return Told(
        kept=kept,
        missed=missed,
        running=running,
        not_owed=not_owed,
        percent=tally.percent if is_told else gone,
        median_late=None if isinstance(missed, Hidden) else tally.median_late,
        # The worst is one record's own time.
        worst_late=None,
        took=tally.took if is_told else None,
    )
