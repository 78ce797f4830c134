"""Which numbers of a board are told: small ones of a confidential service are not, nor what gives them away.

Pure. A clock whose service is no confidence of anybody's is told whole.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from foundation.suppression import Sum, hidden
from foundation.tables import Hidden
from reports.boards.counting import Tally

PARTS = ("kept", "missed", "running", "not_owed")


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


def told(tallies: Mapping[str, Tally], *, fewest: int, total: Tally | None = None) -> dict[str, Told]:
    """Each tally as it is told, by its name; `total` is told too, under "", where it stands beside them."""
    every = dict(tallies) if total is None else {**tallies, "": total}
    if not fewest:
        return {name: _whole(tally) for name, tally in every.items()}
    counts: dict[Hashable, int] = {
        (name, part): getattr(tally, part) for name, tally in every.items() for part in PARTS
    }
    counts |= {(name, "all"): sum(getattr(tally, part) for part in PARTS) for name, tally in every.items()}
    sums = [Sum((name, "all"), tuple((name, part) for part in PARTS)) for name in every]
    if total is not None:
        sums += [Sum(("", part), tuple((name, part) for name in tallies)) for part in (*PARTS, "all")]
    away = hidden(counts, sums, fewest=fewest, untold=[(name, "all") for name in every])
    return {name: _part(name, tally, away, fewest) for name, tally in every.items()}


def _whole(tally: Tally) -> Told:
    counts = (tally.kept, tally.missed, tally.running, tally.not_owed)
    return Told(*counts, tally.percent, tally.median_late, tally.worst_late, tally.took)


def _part(name: str, tally: Tally, away: frozenset[object], fewest: int) -> Told:
    gone = Hidden(fewest)
    kept, missed, running, not_owed = (
        gone if (name, part) in away else getattr(tally, part) for part in PARTS
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
