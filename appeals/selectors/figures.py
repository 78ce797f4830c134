"""Figures of publicity (domain.md section 9), counted from the records each time and never stored.

Numbers alone. A force reads its own; of the others it reads one sum, which is hidden where it is small.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Min, QuerySet

from appeals import deadlines
from appeals.enums import OURS, Channel, PlacementStatus, WithdrawCause
from appeals.models import Appeal, Placement
from foundation.accounts.enums import POLICE, PUBLICITY_DESK, OrganisationKind
from foundation.actors import Actor
from foundation.clock import london_to_utc

# A smaller number of another force could point at one person (domain.md section 9).
SMALLEST_TOLD = 5
_TAKEN_DOWN = (PlacementStatus.WITHDRAWING, PlacementStatus.TOLD, PlacementStatus.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Period:
    """London days, both included."""

    first: date
    last: date

    def bounds(self) -> tuple[datetime, datetime]:
        """From its first moment to the first one after it."""
        after = self.last + timedelta(days=1)
        return london_to_utc(self.first, time(0)), london_to_utc(after, time(0))


@dataclass(frozen=True, slots=True)
class Spread:
    """How long something took. `count` have happened, `waiting` have not; `in_time` is a part from 0 to 1.

    Who waits and is not late yet counts neither for nor against the part; None where nothing counts.
    """

    count: int
    waiting: int
    median: timedelta | None
    ninetieth: timedelta | None
    in_time: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A name and a count; None where it is too small to be told."""

    label: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    """One side's figures of one period."""

    total: int
    by_force: tuple[Line, ...]
    by_channel: tuple[Line, ...]
    to_live: Spread
    to_told: Spread
    to_gone: Spread


def figures(actor: Actor, period: Period, *, now: datetime) -> Figures | None:
    """The charity's desk: of every force. Police: of their own. None for anybody else."""
    rows = _counted(actor)
    if rows is None:
        return None
    start, end = period.bounds()
    new = rows.filter(first_live_at__gte=start, first_live_at__lt=end)
    times = new.values_list("first_live_at", "requested_at")
    took = [live - asked for live, asked in times if live is not None]
    found = rows.filter(withdrawn_cause=WithdrawCause.STOPPED, withdrawn_at__gte=start, withdrawn_at__lt=end)
    shown = Placement.objects.filter(appeal__in=found, status__in=_TAKEN_DOWN)
    outside = shown.exclude(outlet__channel__in=sorted(OURS))
    return Figures(
        total=new.count(),
        by_force=_by_force(actor, new, start, end),
        by_channel=_by_channel(rows, start, end),
        to_live=_spread(took),
        to_told=_after_finding(outside, "withdrawal_sent_at", now=now),
        # What cannot be seen or said to be gone is told and never confirmed: it is not waited for.
        to_gone=_after_finding(outside.filter(outlet__verifiable=True), "confirmed_gone_at", now=now),
    )


def _counted(actor: Actor) -> QuerySet[Appeal] | None:
    """Numbers are of the whole organisation: they are no look at any one of its incidents."""
    if actor.organisation_kind is OrganisationKind.CHARITY and actor.holds(PUBLICITY_DESK):
        return Appeal.objects.filter(charity_id=actor.organisation_id)
    if actor.organisation_kind is OrganisationKind.POLICE_FORCE and actor.holds(POLICE):
        return Appeal.objects.filter(organisation=actor.organisation_id)
    return None


def _by_force(actor: Actor, new: QuerySet[Appeal], start: datetime, end: datetime) -> tuple[Line, ...]:
    rows = new.order_by("organisation__name").values_list("organisation__name")
    lines = [Line(name, count) for name, count in rows.annotate(count=Count("pk"))]
    if actor.organisation_kind is OrganisationKind.POLICE_FORCE:
        others = Appeal.objects.filter(first_live_at__gte=start, first_live_at__lt=end)
        lines.append(Line("All other forces", _told(others.exclude(organisation=actor.organisation_id))))
    return tuple(lines)


def _told(rows: QuerySet[Appeal]) -> int | None:
    count = rows.count()
    return None if count < SMALLEST_TOLD else count


def _by_channel(rows: QuerySet[Appeal], start: datetime, end: datetime) -> tuple[Line, ...]:
    """An appeal counts on a channel when it was first live on any outlet of it within the period."""
    first = Placement.objects.filter(appeal__in=rows, live_at__isnull=False).values(
        "appeal_id", "outlet__channel"
    )
    within = first.annotate(first=Min("live_at")).filter(first__gte=start, first__lt=end)
    counts = dict.fromkeys(Channel.values, 0)
    for one in within:
        counts[one["outlet__channel"]] += 1
    return tuple(Line(str(Channel(channel).label), count) for channel, count in counts.items())


def _after_finding(rows: QuerySet[Placement], field: str, *, now: datetime) -> Spread:
    pairs = list(rows.values_list("appeal__withdrawn_at", field))
    took = [at - found for found, at in pairs if at is not None]
    late = sum(at is None and deadlines.confirmed_by(found) < now for found, at in pairs)
    judged = len(took) + late
    quick = sum(one <= deadlines.CONFIRM_WITHIN for one in took)
    return _spread(took, waiting=len(pairs) - len(took), in_time=quick / judged if judged else None)


def _spread(took: Iterable[timedelta], *, waiting: int = 0, in_time: float | None = None) -> Spread:
    ordered = sorted(took)
    return Spread(len(ordered), waiting, percentile(ordered, 50), percentile(ordered, 90), in_time=in_time)


def percentile(ordered: list[timedelta], percent: int) -> timedelta | None:
    """The smallest value that at least so many of a hundred do not exceed (nearest rank)."""
    if not ordered:
        return None
    return ordered[math.ceil(len(ordered) * percent / 100) - 1]
