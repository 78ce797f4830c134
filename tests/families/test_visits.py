"""Nobody who sees a family at home alone is forgotten: the alarm calls until a person has settled it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from families import contributions, policies
from families.models import SupportCase, Visit
from families.selectors import visits as selectors
from families.services import calling, cases
from families.services import visits as services
from families.tasks import call_for_visits
from foundation.access import Refused
from foundation.audit.models import AuditEvent
from foundation.exceptions import Invalid, NotVisible
from foundation.messaging.models import Message
from foundation.visits.services import Plan
from tests.cast import Member

pytestmark = pytest.mark.django_db
PHONE, DUTY = "+447700900301", "+447700900302"


def planned(start_in: float = 30, **given: Any) -> Plan:
    start = timezone.now() + timedelta(minutes=start_in)
    said = {"place": "12 Sample Road", "with_whom": "The mother", "starts_at": start}
    return Plan(**({**said, "ends_at": start + timedelta(hours=1), "markers": ["dog"]} | given))


def plan(case: SupportCase, who: Member, **given: Any) -> Visit:
    asked = {"plan": planned(), "member_id": None, "telephone": PHONE, "form_token": uuid4()}
    return services.plan_visit(actor=who.actor, case_id=case.pk, **(asked | given))


def later(minutes: float):
    return timezone.now() + timedelta(minutes=minutes)


def test_a_visit_that_begins_and_ends_calls_nobody(case, mother, family_worker) -> None:
    visit = plan(case, family_worker, member_id=mother.pk)
    assert visit.reference.startswith("FV-")
    services.check_in(actor=family_worker.actor, visit_id=visit.pk)
    services.check_out(actor=family_worker.actor, visit_id=visit.pk)
    assert not calling.call_for(visit.pk, now=later(500))
    assert not Message.objects.filter(service=calling.SERVICE).exists()


def test_one_form_is_one_visit_and_what_is_missing_is_said(case, family_worker, caseworker) -> None:
    token = uuid4()
    assert plan(case, family_worker, form_token=token) == plan(case, family_worker, form_token=token)
    with pytest.raises(Invalid) as wrong:
        plan(case, family_worker, plan=planned(-120, place=" ", with_whom="", ends_at=timezone.now()))
    assert {"place", "with_whom", "starts_at"} <= set(wrong.value.problems)
    with pytest.raises(Invalid) as wrong:
        plan(case, family_worker, telephone="12")
    assert set(wrong.value.problems) == {"telephone"}


def test_late_it_calls_worker_and_managers_then_the_helpline_and_names_nobody(
    case, family_worker, duty_manager, caseworker
) -> None:
    services.save_visit_rule(actor=duty_manager.actor, version=1, duty_phone=DUTY, call_after_minutes=10)
    visit = plan(case, family_worker)
    assert not calling.call_for(visit.pk, now=later(39))
    assert calling.call_for(visit.pk, now=later(41))
    assert not calling.call_for(visit.pk, now=later(41))
    first = Message.objects.filter(service=calling.SERVICE)
    assert {row.to for row in first} == {PHONE, DUTY, duty_manager.user.email}
    for row in first:
        assert visit.reference in row.body
        assert "Sample Road" not in row.body
        assert "Jude" not in row.body
    assert calling.call_for(visit.pk, now=later(60))
    told = {row.to for row in Message.objects.filter(service=calling.SERVICE)}
    assert caseworker.user.email in told
    assert family_worker.user.email not in told
    assert list(
        AuditEvent.objects.filter(action="families.visit_called").values_list("target_id", flat=True)
    ) == [
        visit.pk,
        visit.pk,
    ]


def test_saying_that_one_is_safe_takes_calls_back_and_the_question_stays(
    case, family_worker, duty_manager
) -> None:
    visit = plan(case, family_worker)
    services.check_in(actor=family_worker.actor, visit_id=visit.pk)
    assert calling.call_for(visit.pk, now=later(200))
    assert calling.still_late(visit.pk) is None

    services.check_out(actor=family_worker.actor, visit_id=visit.pk)

    assert calling.still_late(visit.pk).code == "settled"
    assert set(Message.objects.filter(service=calling.SERVICE).values_list("status", flat=True)) == {
        "cancelled"
    }
    assert [row.pk for row in selectors.alarms_of(duty_manager.actor)] == [visit.pk]
    services.resolve_visit(actor=duty_manager.actor, visit_id=visit.pk, resolution="A flat battery.")
    assert not selectors.alarms_of(duty_manager.actor).exists()


def test_nobody_settles_their_own_visit_nor_moves_another_s(
    case, family_worker, second_worker, duty_manager
) -> None:
    visit = plan(case, duty_manager)
    for verb in (services.check_in, services.check_out):
        with pytest.raises(Refused):
            verb(actor=second_worker.actor, visit_id=visit.pk)
    with pytest.raises(Refused):
        services.resolve_visit(actor=duty_manager.actor, visit_id=visit.pk, resolution="Fine.")
    calling.call_for(visit.pk, now=later(200))
    visit.refresh_from_db()
    assert policies.may_resolve_visit(duty_manager.actor, visit).code == "own"
    with pytest.raises(Refused):
        services.resolve_visit(actor=family_worker.actor, visit_id=visit.pk, resolution="Fine.")


def test_a_manager_finds_a_late_worker_though_the_family_is_kept_from_them(
    case, family_worker, second_worker, duty_manager, met_officer
) -> None:
    visit = plan(case, family_worker)
    cases.narrow_case(actor=family_worker.actor, case_id=case.pk, reason="A colleague is a cousin.")
    cases.name_colleague(
        actor=family_worker.actor, case_id=case.pk, user_id=duty_manager.user.pk, is_kept_out=True
    )
    there = reverse("families:visit", args=[visit.reference])
    browser = duty_manager.sign_in(Client())
    assert browser.get(there).status_code == 404

    calling.call_for(visit.pk, now=later(200))

    page = browser.get(there).content.decode()
    assert "12 Sample Road" in page
    assert case.reference not in page
    for who in (second_worker, met_officer):
        with pytest.raises(NotVisible):
            selectors.visit_named(who.actor, visit.reference)
    assert contributions.alarm_work(duty_manager.actor).count == 1
    assert contributions.alarm_work(second_worker.actor) is None
    assert len(contributions.visit_desk(duty_manager.actor, 5).lines) == 1


def test_the_pages_take_a_visit_from_plan_to_settled(case, mother, family_worker, duty_manager) -> None:
    browser = family_worker.sign_in(Client())
    form = browser.get(reverse("families:visit_plan", args=[case.reference]))
    assert "Plan a visit" in form.content.decode()
    visit = plan(case, family_worker, member_id=mother.pk)
    listed = browser.get(reverse("families:visits")).content.decode()
    assert visit.reference in listed
    assert browser.post(reverse("families:visit_there", args=[visit.reference])).status_code == 302
    Visit.objects.update(alarm_at=timezone.now() - timedelta(minutes=1))
    call_for_visits()
    manager = duty_manager.sign_in(Client())
    assert "Not heard of" in manager.get(reverse("families:visits")).content.decode()
    settle = reverse("families:visit_resolve", args=[visit.reference])
    assert manager.get(settle).status_code == 200
    assert manager.post(settle, {"reason": "Rang her: safe."}).status_code == 302
    visit.refresh_from_db()
    assert (visit.status, visit.resolution, visit.alarm_at) == ("resolved", "Rang her: safe.", None)
    assert manager.get(reverse("families:visit_rule")).status_code == 200
    assert browser.get(reverse("families:visit_rule")).status_code == 403
    other = plan(case, family_worker)
    off = reverse("families:visit_cancel", args=[other.reference])
    assert browser.post(off, {"reason": "She is ill."}).status_code == 302
    assert Visit.objects.get(pk=other.pk).status == "cancelled"
