"""Counting clocks: one statement over the rows of all of them, however many weeks and groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import (
    Case,
    CharField,
    DateTimeField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast

from missingcases.models import Incident
from reports.boards.kinds import NEVER, Clock, Rows
from reports.boards.sides import Side
from reports.boards.weeks import Week

_COLUMNS = ("b_clock", "b_group", "b_due", "b_met", "b_ended", "b_started")
# When a clock stopped being looked at: met, else ended, else now. What came after its time was missed.
_UNTIL = "COALESCE(b_met, b_ended, %(now)s)"
_LATE = f"{_UNTIL} > b_due"
_TALLY = f"""
    count(*) FILTER (WHERE b_met <= b_due),
    count(*) FILTER (WHERE {_LATE}),
    count(*) FILTER (WHERE b_met IS NULL AND b_ended IS NULL AND b_due >= %(now)s),
    count(*) FILTER (WHERE b_met IS NULL AND b_ended <= b_due),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY {_UNTIL} - b_due) FILTER (WHERE {_LATE}),
    max({_UNTIL} - b_due) FILTER (WHERE {_LATE}),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY b_met - b_started) FILTER (WHERE b_met IS NOT NULL)
"""
_CLOCK, _GROUP = "b_clock", "b_group"
_OWNER = "incident__owner_id"
_WEEK = "date_trunc('week', b_due AT TIME ZONE 'Europe/London')::date"


@dataclass(frozen=True, slots=True)
class Tally:
    """How the clocks of one kind stood. Times are of those missed, but `took` is of those that were met."""

    kept: int = 0
    missed: int = 0
    running: int = 0
    not_owed: int = 0
    median_late: timedelta | None = None
    worst_late: timedelta | None = None
    took: timedelta | None = None

    @property
    def judged(self) -> int:
        """Those of which it is known whether they were kept."""
        return self.kept + self.missed

    @property
    def percent(self) -> float | None:
        """Kept of a hundred judged, to one place; None of none."""
        return round(100 * self.kept / self.judged, 1) if self.judged else None


def by_group(clock: Clock, side: Side, week: Week, *, now: datetime) -> dict[str, Tally]:
    """One clock's tallies in a week by its groups. One query."""
    return {group: tally for (group,), tally in _tallies([_GROUP], [clock], side, week.start, week.end, now)}


def apart(
    clocks: Iterable[Clock], side: Side, weeks: tuple[Week, ...], *, now: datetime
) -> dict[tuple[str, date, str], Tally]:
    """Tallies by clock, Monday and force, with those of all forces under ""; of a side that reads one, those
    of it alone. One query."""
    by = [_CLOCK, _WEEK, *([_GROUP] if side.kind == "national" else [])]
    found = {}
    for (clock, monday, *group), tally in _tallies(by, clocks, side, weeks[0].start, weeks[-1].end, now):
        found[clock, monday, (group[0] if group else "") or ""] = tally
    return found


def rows_of(
    clock: Clock, side: Side, start: datetime, end: datetime, *, now: datetime, grouped: bool = True
) -> Iterator[tuple[Rows, QuerySet[Any]]]:
    """The rows of a clock whose time is over from `start` until before `end`, for one side's organisation.

    An end that is still to come, such as the last day of a release, has ended nothing: `b_ended` is never
    later than `now`.
    """
    for rows in clock.rows:
        path = side.path_of(rows)
        if path is None:
            continue
        within = {f"{rows.due}__gte": start - rows.after, f"{rows.due}__lt": end - rows.after}
        found = _of_organisation(rows.of().order_by().filter(**within), path, side)
        yield rows, _described(clock, rows, side, found, now=now, grouped=grouped)


def _of_organisation(found: QuerySet[Any], path: str, side: Side) -> QuerySet[Any]:
    """Only the rows of the side's organisation.

    The owner of an incident is asked row by row: joined, Postgres would read every incident that a force ever
    had for the few that have a clock in the week.
    """
    if side.kind == "national":
        return found
    if path != _OWNER:
        return found.filter(**{path: side.organisation_id})
    owner = Incident.objects.filter(pk=OuterRef("incident_id")).values("owner_id")[:1]
    return found.annotate(b_owner=Subquery(owner)).filter(b_owner=side.organisation_id)


def _described(
    clock: Clock, rows: Rows, side: Side, found: QuerySet[Any], *, now: datetime, grouped: bool
) -> QuerySet[Any]:
    return found.annotate(b_ends=rows.ended).annotate(
        b_clock=Cast(Value(clock.key), TextField()),
        b_group=Cast(side.group_of(clock, rows) if grouped else Value(""), CharField()),
        b_due=Cast(F(rows.due) + Value(rows.after), DateTimeField()),
        b_met=rows.met,
        b_ended=Case(When(Q(b_ends__lte=now), then=F("b_ends")), default=NEVER),
        b_started=rows.started,
        b_record=F(rows.record),
    )


def _tallies(
    by: Sequence[str], clocks: Iterable[Clock], side: Side, start: datetime, end: datetime, now: datetime
) -> Iterator[tuple[tuple[Any, ...], Tally]]:
    """The tallies by those columns; where a group is the last of them, those of all groups too (None)."""
    parts: list[str] = []
    given: list[Any] = []
    for clock in clocks:
        for _, found in rows_of(clock, side, start, end, now=now, grouped=_GROUP in by):
            sql, params = found.values(*_COLUMNS).query.sql_with_params()
            parts.append(f"SELECT {', '.join(_COLUMNS)} FROM ({sql}) AS one")  # noqa: S608 - the ORM's own
            given += params
    if not parts:
        return
    tally = _TALLY.replace("%(now)s", "%s")
    moments = [now] * _TALLY.count("%(now)s")
    columns = ", ".join(by)
    sets = f"({columns})"
    if len(by) > 1 and by[-1] == _GROUP:
        sets += f", ({', '.join(by[:-1])})"
    rows = " UNION ALL ".join(parts)
    statement = f"SELECT {columns}, {tally} FROM ({rows}) AS rows GROUP BY GROUPING SETS ({sets})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, [*moments, *given])
        for found in cursor.fetchall():
            yield found[: len(by)], Tally(*found[len(by) :])
