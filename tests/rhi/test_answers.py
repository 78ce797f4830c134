"""Reaching the child, what they answer, and what follows from it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from foundation.access import Refused
from foundation.exceptions import Invalid, NotVisible, Stale
from rhi import services
from rhi.deadlines import keep_until, report_due_at
from rhi.enums import ANSWERS
from rhi.models import Concern, ContactAttempt, Referral
from rhi.services import retention
from tests.rhi.conftest import allocated, answered, hours_ago, referred, tried

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(arranged, met_officer, lambeth, duty_manager, rhi_interviewer) -> Referral:
    return allocated(referred(met_officer, lambeth, hours=5), duty_manager, rhi_interviewer)


def test_the_first_attempt_that_reached_somebody_is_the_first_contact(mine, rhi_interviewer) -> None:
    tried(mine, rhi_interviewer, at=hours_ago(4), outcome="no_answer")
    tried(mine, rhi_interviewer, at=hours_ago(2), whom="school")
    tried(mine, rhi_interviewer, at=hours_ago(1))
    earlier = hours_ago(1.5)
    tried(mine, rhi_interviewer, at=earlier, whom="carer")
    mine.refresh_from_db()
    assert mine.first_contact_at == earlier


def test_one_form_is_one_attempt(mine, rhi_interviewer) -> None:
    token = uuid4()
    assert tried(mine, rhi_interviewer, form_token=token) == tried(mine, rhi_interviewer, form_token=token)
    assert ContactAttempt.objects.count() == 1


def test_an_attempt_before_the_return_or_unknown_is_refused(mine, rhi_interviewer) -> None:
    for wrong in (
        {"at": hours_ago(6)},
        {"at": timezone.now() + timedelta(hours=1)},
        {"channel": "pigeon"},
        {"whom": ""},
        {"outcome": ""},
    ):
        with pytest.raises(Invalid):
            tried(mine, rhi_interviewer, **wrong)


def test_nobody_else_reaches_in(mine, caseworker, authority_worker, met_officer, kent_officer) -> None:
    for other in (caseworker, authority_worker, met_officer, kent_officer):
        with pytest.raises(NotVisible):
            tried(mine, other)
        with pytest.raises(NotVisible):
            answered(mine, other, "accepted")


@pytest.mark.parametrize("answer", sorted(ANSWERS))
def test_every_answer_is_taken_with_what_it_needs(mine, rhi_interviewer, answer: str) -> None:
    reason = "no_trust" if answer.startswith("declined") else ""
    found = answered(mine, rhi_interviewer, answer, decline_reason=reason)
    assert (found.status, found.decline_reason) == (answer, reason)
    assert found.offered_at == found.answered_at
    assert (found.report_due_at is None) == (answer == "accepted")


@pytest.mark.parametrize(
    ("answer", "given"),
    [
        ("declined", {}),
        ("declined", {"decline_reason": "bored"}),
        ("accepted", {"decline_reason": "no_trust"}),
        ("accepted", {"limits_explained": False}),
        ("completed", {}),
        ("carer_only", {"answered_at": timezone.now() + timedelta(days=1)}),
    ],
)
def test_an_answer_that_cannot_be_is_refused(mine, rhi_interviewer, answer, given) -> None:
    with pytest.raises(Invalid):
        answered(mine, rhi_interviewer, answer, **given)


def test_somebody_who_said_no_may_be_asked_again_and_the_reports_clock_stops(mine, rhi_interviewer) -> None:
    first = answered(mine, rhi_interviewer, "declined", decline_reason="too_many_interviews")
    services.record_offer(actor=rhi_interviewer.actor, referral_id=mine.pk, offered_at=timezone.now())
    mine.refresh_from_db()
    assert (mine.status, mine.decline_reason, mine.report_due_at) == ("offered", "", None)
    assert mine.offered_at == first.offered_at
    assert answered(mine, rhi_interviewer, "accepted").status == "accepted"


def test_a_suspicion_of_force_waits_for_another_person_than_who_raised_it(
    mine, rhi_interviewer, duty_manager
) -> None:
    answered(mine, rhi_interviewer, "declined", decline_reason="coercion_suspected")
    services.record_offer(actor=rhi_interviewer.actor, referral_id=mine.pk, offered_at=timezone.now())
    answered(mine, rhi_interviewer, "declined", decline_reason="coercion_suspected")
    concern = Concern.objects.get()
    with pytest.raises(Refused):
        services.settle_concern(actor=rhi_interviewer.actor, concern_id=concern.pk, settlement="Fine")
    with pytest.raises(Invalid):
        services.settle_concern(actor=duty_manager.actor, concern_id=concern.pk, settlement=" ")
    services.settle_concern(
        actor=duty_manager.actor, concern_id=concern.pk, settlement="Spoke with her social worker."
    )
    concern.refresh_from_db()
    assert concern.settled_by == duty_manager.user


def test_giving_up_says_why_and_owes_a_report(mine, rhi_interviewer) -> None:
    given = {"actor": rhi_interviewer.actor, "referral_id": mine.pk, "at": timezone.now()}
    with pytest.raises(Invalid):
        services.record_unable(**given, decline_reason="", reason="Moved to an aunt.")
    with pytest.raises(Refused):
        services.record_unable(**given, decline_reason="moved", reason="")
    found = services.record_unable(**given, decline_reason="moved", reason="Moved to an aunt.")
    assert found.report_due_at == report_due_at(given["at"], nation="ENG")


def test_an_interview_that_was_held_starts_the_reports_clock(mine, rhi_interviewer) -> None:
    with pytest.raises(Refused):
        services.record_held(actor=rhi_interviewer.actor, referral_id=mine.pk, completed_at=timezone.now())
    answered(mine, rhi_interviewer, "accepted")
    with pytest.raises(Invalid):
        services.record_held(actor=rhi_interviewer.actor, referral_id=mine.pk, completed_at=hours_ago(9))
    held = services.record_held(actor=rhi_interviewer.actor, referral_id=mine.pk, completed_at=timezone.now())
    assert held.status == "completed"
    assert held.report_due_at == report_due_at(held.completed_at, nation="ENG")


def test_a_referral_goes_to_another_interviewer_and_back(
    mine, duty_manager, rhi_interviewer, caseworker, charity
) -> None:
    from foundation.accounts.enums import Role
    from rhi.selectors import visible_to
    from tests.cast import member

    other = member("other.rhi@harbour.test", "Other Interviewer", charity, Role.RHI_INTERVIEWER)
    given = {"actor": duty_manager.actor, "referral_id": mine.pk}
    with pytest.raises(Stale):
        services.allocate(**given, interviewer_id=other.user.pk, version=mine.version - 1)
    with pytest.raises(Invalid):
        services.allocate(**given, interviewer_id=caseworker.user.pk, version=mine.version)
    services.allocate(**given, interviewer_id=other.user.pk, version=mine.version)
    assert not visible_to(rhi_interviewer.actor).exists()
    assert visible_to(other.actor).get() == mine
    services.put_back(**given, reason="On leave.")
    assert not visible_to(other.actor).exists()


def test_words_are_erased_at_25_and_times_stay(mine, rhi_interviewer, duty_manager, system) -> None:
    now = timezone.now()
    tried(mine, rhi_interviewer)
    Referral.objects.filter(pk=mine.pk).update(carer="His uncle")
    services.withdraw(actor=duty_manager.actor, referral_id=mine.pk, reason="In error.")
    assert retention.due_referrals(now + timedelta(days=365 * 10)) == []
    later = now + timedelta(days=int(365.25 * 11) + 40)
    assert retention.due_referrals(later) == [mine.pk]
    assert retention.erase_referrals([mine.pk], system) == 1
    assert retention.due_referrals(later) == []
    mine.refresh_from_db()
    assert (mine.carer, ContactAttempt.objects.get().note) == ("", "")
    assert mine.clock_start is not None


def test_the_day_somebody_comes_to_be_25() -> None:
    from datetime import UTC, date, datetime

    at = datetime(2026, 5, 1, 12, tzinfo=UTC)
    assert keep_until(date_of_birth=date(2012, 2, 29), age_at_return=None, returned_at=at) == date(2037, 3, 1)
    assert keep_until(date_of_birth=None, age_at_return=15, returned_at=at) == date(2036, 5, 1)
    assert keep_until(date_of_birth=None, age_at_return=None, returned_at=at) == date(2051, 5, 1)
