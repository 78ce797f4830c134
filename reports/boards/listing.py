"""The rows behind one clock's missed and running ones, each with its record for whoever may open it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from foundation.actors import Actor
from foundation.ui.timing import duration
from reports.boards import records
from reports.boards.counting import rows_of
from reports.boards.kinds import Clock, Record
from reports.boards.sides import Side
from reports.boards.weeks import Week

MOST = 200
SHOWN = {"missed": "Missed", "running": "Running"}


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its record, what it was told apart by, when its time was over, when it was met."""

    record: Record
    group: str
    due_at: datetime
    met_at: datetime | None
    late_by: timedelta | None

    @property
    def late_words(self) -> str:
        """How late it is or was, in words."""
        return "Not late" if self.late_by is None else duration(self.late_by.total_seconds())


@dataclass(frozen=True, slots=True)
class Listed:
    """The lines somebody may open, the most late first; `kept_back` are those whose record they may not."""

    lines: tuple[Line, ...]
    keys: tuple[int, ...]
    kept_back: int
    is_cut: bool


def listed(actor: Actor, clock: Clock, side: Side, week: Week, *, show: str, now: datetime) -> Listed:
    """At most two hundred lines. Nothing where this side opens no record of the clock."""
    if clock.seen is None or not side.opens(clock):
        return Listed((), (), 0, is_cut=False)
    found = sorted(_found(clock, side, week, show=show, now=now), key=lambda one: one[1])
    seen = records.found(clock.seen, actor, [one[3] for one in found])
    lines = tuple(
        Line(seen[key], clock.label_of(group), due, met, _late(due, met or ended or now))
        for group, due, met, key, ended in found
        if key in seen
    )
    kept_back = len(found) - len(lines)
    return Listed(lines[:MOST], tuple(sorted(seen)), kept_back, is_cut=len(lines) > MOST)


def _found(
    clock: Clock, side: Side, week: Week, *, show: str, now: datetime
) -> list[tuple[str, datetime, datetime | None, int, datetime | None]]:
    found: list[tuple[str, datetime, datetime | None, int, datetime | None]] = []
    for _, rows in rows_of(clock, side, week.start, week.end, now=now):
        until = Coalesce("b_met", "b_ended", Value(now))
        chosen = rows.annotate(b_until=until).filter(_wanted(show, now))
        found += chosen.values_list("b_group", "b_due", "b_met", "b_record", "b_ended")
    return found


def _wanted(show: str, now: datetime) -> Q:
    if show == "running":
        return Q(b_met__isnull=True, b_ended__isnull=True, b_due__gte=now)
    return Q(b_until__gt=F("b_due"))


def _late(due: datetime, until: datetime) -> timedelta | None:
    return until - due if until > due else None
