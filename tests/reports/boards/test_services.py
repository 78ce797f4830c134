"""The services' clocks, of rows made by the services' own verbs; and what a force reads of a confidence."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from foundation.accounts.enums import OrganisationKind, Role
from foundation.tables import Hidden
from reports.boards.board import clock_board
from reports.boards.clocks import BY_KEY
from reports.boards.counting import Tally
from reports.boards.listing import listed
from reports.boards.sides import Side, side_of
from reports.boards.telling import Told, told
from reports.boards.weeks import Week
from rhi.models import Referral
from tests.cast import member, organisation
from tests.reports.boards.conftest import clock, closed_of, counted, noon
from tests.rhi.conftest import allocated, answered, arranged, referred
from textsafe.models import Conversation, ConversationMessage

__all__ = ["arranged"]
pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def interviews(arranged, lambeth, met_officer, duty_manager, rhi_interviewer, week) -> list[Referral]:
    """Two children's referrals, due in the week: one offered and declined in time, one never taken up."""
    first, second = (referred(met_officer, lambeth, given_names=name) for name in ("Ali", "Bo"))
    answered(
        allocated(first, duty_manager, rhi_interviewer),
        rhi_interviewer,
        "declined",
        decline_reason="no_trust",
    )
    due = noon(week)
    for one in (first, second):
        Referral.objects.filter(pk=one.pk).update(clock_start=due - timedelta(hours=72), due_at=due)
    Referral.objects.filter(pk=first.pk).update(offered_at=due - HOUR)
    return [first, second]


def test_offering_and_holding_an_interview_are_two_clocks(interviews, charity, met, week):
    side, now = Side("charity", charity.pk), timezone.now()
    found = counted([BY_KEY["interviews-offered"], BY_KEY["interviews-held"]], side, week, now=now)
    offered, held = found["interviews-offered"], found["interviews-held"]
    assert (offered.kept, offered.missed, held.kept, held.missed) == (1, 1, 0, 2)


def test_a_force_reads_no_small_number_of_interviews_and_opens_none(interviews, met, week, met_coordinator):
    side, now = side_of(met_coordinator.actor), timezone.now()
    assert side == Side("force", met.pk)
    for key in ("interviews-offered", "interviews-held"):
        board = clock_board(BY_KEY[key], side, week, now=now)
        assert board.groups is None
        assert all(isinstance(cell, Hidden) for cell in board.weeks.rows[-1][1:6])
        lines = listed(met_coordinator.actor, BY_KEY[key], side, week, show="missed", now=now)
        assert (lines.lines, lines.keys, lines.kept_back) == ((), (), 0)


def test_the_charity_opens_its_own_missed_interviews(interviews, duty_manager, charity, week):
    side, now = Side("charity", charity.pk), timezone.now()
    lines = listed(duty_manager.actor, BY_KEY["interviews-offered"], side, week, show="missed", now=now).lines
    assert [one.record.reference for one in lines] == [interviews[1].reference]
    assert lines[0].group == "Lambeth Council"


def test_a_reply_that_waits_is_missed_beside_those_that_were_late(charity, kent, week, duty_manager):
    due = noon(week)
    late = Conversation.objects.create(charity=charity, number_key="a", opened_at=due)
    waiting = Conversation.objects.create(charity=charity, number_key="b", opened_at=due, reply_due_at=due)
    for at in (due - HOUR / 2, due + HOUR):
        ConversationMessage.objects.create(
            conversation=late, direction="out", at=at, answers_due_at=due, author=duty_manager.user
        )
    now = timezone.now()
    tally = counted([BY_KEY["replies"]], Side("charity", charity.pk), week, now=now)["replies"]
    assert (tally.kept, tally.missed, tally.worst_late) == (1, 2, now - due)
    lines = listed(
        duty_manager.actor, BY_KEY["replies"], Side("charity", charity.pk), week, show="missed", now=now
    ).lines
    assert {one.record.reference for one in lines} == {late.reference, waiting.reference}
    assert counted([BY_KEY["replies"]], Side("force", kent.pk), week, now=now) == {}


def test_records_of_an_incident_that_is_restricted_are_counted_and_not_opened(met, week, met_coordinator):
    incident = closed_of(met, is_restricted=True)
    clock(incident, noon(week))
    side, now = Side("force", met.pk), timezone.now()
    lines = listed(met_coordinator.actor, BY_KEY["reviews"], side, week, show="missed", now=now)
    assert (lines.lines, lines.kept_back) == ((), 1)


def test_nothing_that_is_hidden_follows_from_what_is_told():
    tallies = {("reviews", "Kent"): Tally(kept=4, missed=2), ("reviews", "Met"): Tally(kept=40, missed=20)}
    tallies |= {("reviews", "Avon"): Tally(kept=30), ("reviews", ""): Tally(kept=74, missed=22)}
    shown = told(tallies, fewest=5)
    assert shown["reviews", "Kent"].kept == shown["reviews", "Kent"].missed == Hidden(5)
    # Kent's would be the total less the others': one of them has to go with it.
    assert any(shown["reviews", one].kept == Hidden(5) for one in ("Met", "Avon", ""))
    assert any(shown["reviews", one].missed == Hidden(5) for one in ("Met", ""))
    assert shown["reviews", "Avon"].missed == 0
    assert shown["reviews", "Met"].worst_late is None


def interviews_of(offered: Tally, held: Tally) -> tuple[Told, Told]:
    """Both clocks of one force's interviews of a week that is over, as a force is told them."""
    given = {("offered", ""): offered, ("held", ""): held}
    shown = told(given, fewest=10, in_confidence=True, knows=["held"])
    return shown["offered", ""], shown["held", ""]


def test_the_two_clocks_of_interviews_give_each_other_away_in_nothing():
    # The force knows that 43 were due: 40 kept would tell of three children who were not offered one.
    offered, held = interviews_of(Tally(kept=40, missed=3), Tally(kept=20, missed=23))
    assert offered.kept == offered.missed == offered.percent == Hidden(10)
    assert (held.kept, held.missed) == (20, 23)
    # Two of those who were offered one had none. The force can count those that were held.
    offered, held = interviews_of(Tally(kept=40, missed=20), Tally(kept=38, missed=22))
    assert offered.kept == offered.missed == Hidden(10)
    assert (held.kept, held.missed) == (38, 22)
    offered, held = interviews_of(Tally(kept=60, missed=20), Tally(kept=40, missed=40))
    assert (offered.kept, offered.missed, held.kept, held.missed) == (60, 20, 40, 40)


def test_of_a_week_that_runs_nothing_of_interviews_is_told():
    given = {("offered", ""): Tally(kept=60, missed=20), ("held", ""): Tally(kept=40, missed=40)}
    for one in told(given, fewest=10, in_confidence=True, is_over=False, knows=["held"]).values():
        assert {one.kept, one.missed, one.running, one.not_owed, one.percent} == {Hidden(10)}
        assert (one.median_late, one.worst_late, one.took) == (None, None, None)
    assert told(given, fewest=0, is_over=False)["offered", ""].kept == 60


def test_who_reads_whose(met_officer, met_supervisor, met_inspector, caseworker, duty_manager, auditor):
    assert side_of(met_officer.actor) is None
    assert side_of(met_supervisor.actor) is None
    assert side_of(caseworker.actor) is None
    assert side_of(auditor.actor) is None
    assert side_of(met_inspector.actor) == Side("force", met_inspector.organisation.pk)
    assert side_of(duty_manager.actor) == Side("charity", duty_manager.organisation.pk)
    unit = organisation("ukmpu", OrganisationKind.NATIONAL_UNIT, "UK Missing Persons Unit")
    national = member("officer@unit.example", "Edda Marsh", unit, Role.NATIONAL_UNIT)
    assert side_of(national.actor) == Side("national", None)


def test_weeks_change_with_the_clocks():
    summer_ends = Week.of(date(2026, 10, 25))
    assert summer_ends.monday == date(2026, 10, 19)
    assert (summer_ends.start, summer_ends.end) == (
        datetime(2026, 10, 18, 23, tzinfo=UTC),
        datetime(2026, 10, 26, tzinfo=UTC),
    )
