"""A week that is over, and clocks that were due in it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from foundation.accounts.models import Organisation, Team
from missingcases.models import Incident, ReviewClock
from reports.boards.counting import Tally, apart
from reports.boards.kinds import Clock
from reports.boards.sides import Side
from reports.boards.weeks import Week
from tests.missingcases.making import standing_in


@pytest.fixture
def week() -> Week:
    """Two weeks ago: nothing of it is still to come."""
    return Week.now(timezone.now()).earlier(2)


def noon(week: Week, day: int = 2) -> datetime:
    """A moment in the middle of the week."""
    return week.start + timedelta(days=day, hours=12)


def team(force: Organisation, name: str) -> Team:
    """A command unit of a force."""
    return Team.objects.create(organisation=force, code=name.lower().replace(" ", "-"), name=name)


def clock(incident: Incident, due: datetime, **given: object) -> ReviewClock:
    """A review that was due then; set six hours before, unless told otherwise."""
    row = ReviewClock.objects.create(incident=incident, **{"kind": "shift", "due_at": due} | given)
    ReviewClock.objects.filter(pk=row.pk).update(created_at=due - timedelta(hours=6))
    return row


def closed_of(force: Organisation, **given: object) -> Incident:
    """A closed incident of a force, so that any number of clocks may hang on it."""
    return standing_in("closed", force.pk, **given)


def counted(clocks: list[Clock], side: Side, week: Week, *, now: datetime) -> dict[str, Tally]:
    """Each clock's tally of a week, of all its groups."""
    found = apart(clocks, side, (week,), now=now)
    return {key: tally for (key, _, group), tally in found.items() if not group}


def by_week(one: Clock, side: Side, weeks: tuple[Week, ...], *, now: datetime) -> dict[Week, Tally]:
    """One clock's tallies of weeks that follow each other."""
    found = apart([one], side, weeks, now=now)
    return {week: found.get((one.key, week.monday, ""), Tally()) for week in weeks}
