"""What is kept, missed, running and no longer owed, of rows as the services leave them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.tables import Hidden
from missingcases.models import Release
from reports.boards.board import clock_board, overview
from reports.boards.clocks import BY_KEY, CLOCKS
from reports.boards.counting import Tally, by_group, rows_of
from reports.boards.kinds import Clock
from reports.boards.listing import listed
from reports.boards.sides import Side
from reports.boards.weeks import Week
from tests.missingcases import releasing
from tests.reports.boards.conftest import by_week, clock, closed_of, counted, noon, team

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
REVIEWS: Clock = BY_KEY["reviews"]


@pytest.fixture
def reviews(met, kent, week):
    """Of the Met's Central: one kept, two missed (one never done), one no longer owed; one of Kent's."""
    due = noon(week)
    central = closed_of(met, owner_unit=team(met, "Central"))
    clock(central, due, done_at=due - HOUR)
    clock(central, due, done_at=due + 3 * HOUR)
    clock(central, due, stopped_at=due + HOUR)
    clock(central, due, stopped_at=due - 2 * HOUR)
    clock(closed_of(met), week.end - timedelta(seconds=1), done_at=due)
    clock(closed_of(met), week.end, done_at=due)
    clock(closed_of(kent), due, done_at=due)
    return central


def test_each_clock_is_one_of_four_and_lateness_counts_until_it_ended(met, week, reviews):
    found = by_group(REVIEWS, Side("force", met.pk), week, now=timezone.now())
    central = found["Central"]
    assert (central.kept, central.missed, central.running, central.not_owed) == (1, 2, 0, 1)
    assert (central.median_late, central.worst_late) == (2 * HOUR, 3 * HOUR)
    assert central.took == timedelta(hours=7)
    assert central.percent == 33.3
    # The last second of Sunday is of this week, the first of Monday of the next.
    assert found[""] == Tally(kept=1, took=found[""].took)


def test_what_runs_is_apart_from_what_is_missed(met):
    now = timezone.now()
    week = Week.now(now)
    incident = closed_of(met)
    clock(incident, week.end - timedelta(seconds=1), kind="shift")
    clock(incident, week.start, kind="inspector")
    moment = week.start + (week.end - week.start) / 2
    tally = counted([REVIEWS], Side("force", met.pk), week, now=moment)["reviews"]
    assert (tally.running, tally.missed, tally.kept) == (1, 1, 0)
    assert tally.worst_late == moment - week.start


def test_weeks_follow_the_london_clock(met, week, reviews):
    weeks = week.earlier(-1).run_of(3)
    found = by_week(REVIEWS, Side("force", met.pk), weeks, now=timezone.now())
    assert [found[one].judged for one in weeks] == [0, 4, 1]


def test_nationally_every_force_is_a_group_and_all_are_in_the_total(met, kent, week, reviews):
    national = Side("national", None)
    board = clock_board(REVIEWS, national, week, now=timezone.now())
    assert board.groups is not None
    # Of police records the national unit is told none from 1 to 4, and nought.
    rows = {row[0]: row[1:3] for row in board.groups.rows}
    assert rows["Kent Police"] == (Hidden(5), 0)
    assert rows["Metropolitan Police"] == (Hidden(5), Hidden(5))
    assert board.told.kept == board.told.missed == board.told.percent == Hidden(5)
    assert (board.told.worst_late, board.told.took) == (None, None)
    counts = by_group(REVIEWS, national, week, now=timezone.now())
    assert {counts[f"{one.pk}"].kept for one in (met, kent)} == {1, 2}
    assert clock_board(REVIEWS, Side("force", met.pk), week, now=timezone.now()).told.kept == 2


@pytest.mark.parametrize("kind", ["force", "charity", "national"])
def test_every_clock_is_counted_in_one_query(kind, met, week, django_assert_num_queries):
    side = Side(kind, None if kind == "national" else met.pk)
    with django_assert_num_queries(1):
        table = overview(side, week, now=timezone.now())
    assert len(table.rows) == len([one for one in CLOCKS if side.reads(one)])
    for one in CLOCKS:
        if side.reads(one):
            clock_board(one, side, week, now=timezone.now())


def test_what_people_wrote_in_confidence_is_no_clock_of_a_force(met):
    force = Side("force", met.pk)
    for key in ("replies", "unknown-texts", "interview-reports", "sightings-judged", "sightings-passed"):
        assert not force.reads(BY_KEY[key])


def test_a_release_whose_last_day_is_to_come_has_not_ended(met, charity, met_officer, caseworker):
    now = timezone.now()
    row = releasing.released(caseworker.actor, met.pk)
    side, clock = Side("force", met.pk), BY_KEY["releases"]
    for due, expires, stood in (
        (now + HOUR, now + timedelta(days=30), (0, 1, 0)),
        (now - HOUR, now + timedelta(days=30), (1, 0, 0)),
        (now - HOUR, now - 2 * HOUR, (0, 0, 1)),
        (now - 2 * HOUR, now - HOUR, (1, 0, 0)),
    ):
        Release.objects.filter(pk=row.pk).update(acknowledge_by=due, expires_at=expires)
        week = Week.now(due)
        tally = counted([clock], side, week, now=now)["releases"]
        assert (tally.missed, tally.running, tally.not_owed) == stood
        assert tally.worst_late == (HOUR if tally.missed else None)
        missed = listed(met_officer.actor, clock, side, week, show="missed", now=now)
        # One that has expired is opened by nobody any more.
        shown = tally.missed if expires > now else 0
        assert [line.late_by for line in missed.lines] == [HOUR] * shown
        assert missed.kept_back == tally.missed - shown
        for _, rows in rows_of(clock, side, week.start, week.end, now=now):
            assert not rows.filter(b_ended__gt=now).exists()
