"""Nobody who visits a child alone is forgotten: the alarm calls until a person has settled it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from foundation.access import Refused
from foundation.exceptions import Invalid, NotVisible
from foundation.messaging.models import Message
from rhi import policies, selectors, services
from rhi.models import Referral, Visit
from rhi.services import calling
from tests.rhi.conftest import allocated, referred

pytestmark = pytest.mark.django_db
OWN, DUTY = "+447700900111", "+447700900222"


@pytest.fixture
def mine(arranged, met_officer, lambeth, duty_manager, rhi_interviewer) -> Referral:
    return allocated(referred(met_officer, lambeth, hours=5), duty_manager, rhi_interviewer)


def plan(referral: Referral, worker: Any, **given: Any) -> Visit:
    now = timezone.now()
    values = {
        "place": "Marker Lane 4",
        "with_whom": "Marker's aunt",
        "starts_at": now + timedelta(minutes=5),
        "ends_at": now + timedelta(hours=1),
        "markers": ["dog"],
        "safety_note": "",
        "form_token": uuid4(),
    }
    return services.plan_visit(actor=worker.actor, referral_id=referral.pk, **values | given)


def later(minutes: float):
    return timezone.now() + timedelta(minutes=minutes)


def profile(manager: Any, person: Any, **given: Any) -> None:
    values = {
        "languages": [],
        "care_providers": [],
        "gender": "",
        "capacity": 5,
        "telephone": "",
        "is_available": True,
    }
    services.save_profile(
        actor=manager.actor,
        user_id=person.user.pk,
        version=0,
        values=values | given,
        area_ids=(),
        worked_for_ids=(),
    )


def test_a_visit_that_begins_and_ends_calls_nobody(mine, rhi_interviewer) -> None:
    visit = plan(mine, rhi_interviewer)
    services.check_in(actor=rhi_interviewer.actor, visit_id=visit.pk)
    services.check_out(actor=rhi_interviewer.actor, visit_id=visit.pk)
    assert not calling.call_for(visit.pk, now=later(500))
    assert Message.objects.count() == 0


def test_one_form_is_one_visit_and_what_is_missing_is_said(mine, rhi_interviewer, duty_manager) -> None:
    token = uuid4()
    assert plan(mine, rhi_interviewer, form_token=token) == plan(mine, rhi_interviewer, form_token=token)
    for wrong in (
        {"place": ""},
        {"with_whom": " "},
        {"starts_at": later(-120)},
        {"ends_at": later(60 * 9)},
        {"ends_at": later(-5)},
        {"markers": ["wolf"]},
    ):
        with pytest.raises(Invalid):
            plan(mine, rhi_interviewer, **wrong)
    with pytest.raises(Refused):
        plan(mine, duty_manager)


def test_a_worker_who_does_not_arrive_calls_the_manager_and_both_telephones(
    mine, rhi_interviewer, duty_manager, caseworker
) -> None:
    profile(duty_manager, rhi_interviewer, telephone="07700 900111")
    services.save_visit_rule(
        actor=duty_manager.actor, version=1, duty_phone="07700 900222", call_after_minutes=10
    )
    visit = plan(mine, rhi_interviewer)
    assert not calling.call_for(visit.pk, now=later(14))
    assert calling.call_for(visit.pk, now=later(16))
    assert not calling.call_for(visit.pk, now=later(16))
    told = Message.objects.filter(owner_id=visit.pk)
    assert sorted(row.to for row in told) == sorted([OWN, DUTY, duty_manager.user.email])
    for row in told:
        assert visit.reference in row.body
        assert "Marker" not in row.body + row.subject
    assert calling.call_for(visit.pk, now=later(30))
    assert caseworker.user.email in {row.to for row in Message.objects.filter(owner_id=visit.pk)}
    assert [one.pk for one in selectors.alarms_of(duty_manager.actor)] == [visit.pk]


def test_calls_go_on_until_a_manager_settles_it_in_words(mine, rhi_interviewer, duty_manager) -> None:
    visit = plan(mine, rhi_interviewer)
    with pytest.raises(Refused) as early:
        services.resolve_visit(actor=duty_manager.actor, visit_id=visit.pk, resolution="Fine.")
    assert early.value.refusal.code == "nothing"
    for minutes in (21, 40, 60):
        assert calling.call_for(visit.pk, now=later(minutes))
    assert calling.still_late(visit.pk) is None
    with pytest.raises(Refused):
        services.resolve_visit(actor=rhi_interviewer.actor, visit_id=visit.pk, resolution="Fine.")
    with pytest.raises(Invalid):
        services.resolve_visit(actor=duty_manager.actor, visit_id=visit.pk, resolution=" ")
    services.resolve_visit(actor=duty_manager.actor, visit_id=visit.pk, resolution="Phone was flat.")
    assert not calling.call_for(visit.pk, now=later(500))
    assert calling.still_late(visit.pk).code == "settled"
    assert not Message.objects.filter(owner_id=visit.pk, status="queued").exists()


def test_a_worker_who_ends_it_late_stops_the_calls_and_a_manager_still_says_what_it_was(
    mine, rhi_interviewer, duty_manager
) -> None:
    visit = plan(mine, rhi_interviewer)
    services.check_in(actor=rhi_interviewer.actor, visit_id=visit.pk)
    assert not calling.call_for(visit.pk, now=later(70))
    assert calling.call_for(visit.pk, now=later(76))
    services.check_out(actor=rhi_interviewer.actor, visit_id=visit.pk)
    assert not calling.call_for(visit.pk, now=later(500))
    assert selectors.alarms_of(duty_manager.actor).get() == visit
    services.resolve_visit(actor=duty_manager.actor, visit_id=visit.pk, resolution="Talked on longer.")
    assert not selectors.alarms_of(duty_manager.actor).exists()


def test_a_worker_who_lost_the_child_to_a_colleague_still_ends_their_visit(
    mine, rhi_interviewer, duty_manager
) -> None:
    visit = plan(mine, rhi_interviewer)
    services.check_in(actor=rhi_interviewer.actor, visit_id=visit.pk)
    services.put_back(actor=duty_manager.actor, referral_id=mine.pk, reason="On leave.")
    services.check_out(actor=rhi_interviewer.actor, visit_id=visit.pk)


def test_a_visit_is_not_there_for_anybody_else(
    mine, rhi_interviewer, caseworker, met_officer, authority_worker, kent_officer
) -> None:
    visit = plan(mine, rhi_interviewer)
    for other in (caseworker, met_officer, authority_worker, kent_officer):
        assert not selectors.visits_visible_to(other.actor).exists()
        assert not selectors.alarms_of(other.actor).exists()
        with pytest.raises(NotVisible):
            selectors.visit_named(other.actor, visit.reference)
        with pytest.raises(NotVisible):
            services.check_in(actor=other.actor, visit_id=visit.pk)


def test_who_may_move_and_settle_a_visit(mine, rhi_interviewer, duty_manager, caseworker) -> None:
    visit = plan(mine, rhi_interviewer)
    assert policies.may_move_visit(rhi_interviewer.actor, visit, "under_way") is None
    assert policies.may_move_visit(duty_manager.actor, visit, "under_way").code == "not_visible"
    assert policies.may_move_visit(rhi_interviewer.actor, visit, "ended").code == "illegal_move"
    visit.called = 1
    assert policies.may_resolve_visit(duty_manager.actor, visit) is None
    assert policies.may_resolve_visit(caseworker.actor, visit).code == "role"
    visit.worker = duty_manager.user
    assert policies.may_resolve_visit(duty_manager.actor, visit).code == "own"
    assert policies.may_plan_visit(caseworker.actor, mine).code == "not_visible"
    mine.status = "reported"
    assert policies.may_plan_visit(rhi_interviewer.actor, mine).code == "settled"


def test_a_visit_is_called_off_with_a_reason(mine, rhi_interviewer) -> None:
    visit = plan(mine, rhi_interviewer)
    services.cancel_visit(actor=rhi_interviewer.actor, visit_id=visit.pk, reason="They asked for Friday.")
    assert not selectors.own_visits(rhi_interviewer.actor).exists()
    assert not calling.call_for(visit.pk, now=later(500))


def test_nobody_drives_to_a_child_who_is_missing_again_unwarned(client, mine, rhi_interviewer) -> None:
    """The visit stands, so that whoever goes all the same is not forgotten; both pages say to ask first."""
    visit = plan(mine, rhi_interviewer)
    page = rhi_interviewer.sign_in(client)
    addresses = ("/interviews/visits/", f"/interviews/visits/{visit.reference}/")
    warning = "Do not go before you have asked. The referral has ended: Missing again"
    for address in addresses:
        assert "Do not go" not in page.get(address).content.decode()
    Referral.objects.filter(pk=mine.pk).update(status="missing_again", ended_by="missing_again")
    for address in addresses:
        assert warning in page.get(address).content.decode()
    visit.refresh_from_db()
    assert visit.alarm_at is not None


def test_the_times_of_visits_are_set_within_reason(duty_manager, caseworker) -> None:
    with pytest.raises(Refused):
        services.save_visit_rule(actor=caseworker.actor, version=1, duty_phone="", call_after_minutes=15)
    with pytest.raises(Invalid) as wrong:
        services.save_visit_rule(actor=duty_manager.actor, version=1, duty_phone="12", call_after_minutes=1)
    assert set(wrong.value.problems) == {"duty_phone", "call_after_minutes"}


def test_the_sweep_calls_once_for_each_that_is_late(mine, rhi_interviewer) -> None:
    visit = plan(mine, rhi_interviewer)
    Visit.objects.filter(pk=visit.pk).update(alarm_at=timezone.now() - timedelta(minutes=1))
    assert calling.call_due() == 1
    assert calling.call_due() == 0
