"""An officer asks; the charity decides; the officer sees what may be seen."""

from __future__ import annotations

from uuid import uuid4

import pytest

from foundation.access import Refused
from foundation.audit.models import AuditEvent
from foundation.exceptions import Invalid
from foundation.messaging.models import Message
from missingcases import selectors as case_selectors
from missingcases.models import Release
from missingcases.services import set_flag
from tests.textsafe.conftest import (
    NUMBER,
    SAFE_ANSWERS,
    approve,
    ask,
    grade,
    later,
    locate,
    phone_of,
    report,
    view,
)
from textsafe import selectors
from textsafe.enums import OfficerStatus, RequestStatus
from textsafe.models import AutomationPolicy, Request
from textsafe.services import due, requests, screening

pytestmark = pytest.mark.django_db


def test_a_request_waits_for_a_screener_and_then_goes(incident, met_officer, caseworker):
    request = ask(incident, met_officer.actor)
    assert (request.status, request.needs_person, request.reasons) == ("requested", True, [])
    assert request.age_group == "child"
    approve(request, caseworker.actor)
    message = Message.objects.get()
    assert message.to == NUMBER
    assert message.body.startswith("Need to talk?")
    assert (message.service, message.guard) == ("textsafe", "textsafe.request")
    assert view(request).status is OfficerStatus.WAITING


def test_where_both_agreed_a_request_without_a_reason_against_it_goes_by_rule(incident, met_officer, met):
    AutomationPolicy.objects.create(organisation=met, rules_screen_officers=True)
    request = ask(incident, met_officer.actor)
    assert request.status == RequestStatus.QUEUED
    assert request.screened_by is None


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"verified": "no"}, "number_unverified"),
        ({"place": "seized"}, "phone_not_with_person"),
        ({"held_by": "trafficker"}, "held_by_other"),
        ({"read_by_others": "yes"}, "held_by_other"),
        ({"wants_no_contact": "not_known"}, "unanswered"),
    ],
)
def test_an_answer_that_stands_against_it_puts_it_before_a_person(
    incident, met_officer, met, answers, reason
):
    AutomationPolicy.objects.create(organisation=met, rules_screen_officers=True)
    request = ask(incident, met_officer.actor, answers=SAFE_ANSWERS | answers)
    assert (request.status, request.reasons) == ("requested", [reason])


def test_a_landline_and_a_foreign_number_go_to_a_person(incident, met_officer, met, settings):
    settings.DIALLABLE_NUMBERS = ["+33612345678"]
    AutomationPolicy.objects.create(organisation=met, rules_screen_officers=True)
    assert "not_a_mobile" in ask(incident, met_officer.actor, number="020 7946 0123").reasons


def test_the_double_click_is_one_text(incident, met_officer):
    token = uuid4()
    first = ask(incident, met_officer.actor, form_token=token)
    again = ask(incident, met_officer.actor, form_token=token)
    other_form = ask(incident, met_officer.actor)
    assert first.pk == again.pk == other_form.pk
    assert Request.objects.count() == 1


def test_a_form_of_somebody_else_is_refused(incident, met_officer, second_met_officer):
    token = uuid4()
    ask(incident, met_officer.actor, form_token=token)
    with pytest.raises(Refused):
        ask(incident, second_met_officer.actor, form_token=token)


def test_a_text_of_today_is_enough(clock, incident, met_officer, caseworker):
    request = ask(incident, met_officer.actor)
    Request.objects.filter(pk=request.pk).update(status="sent", sent_at=request.requested_at)
    with pytest.raises(Refused) as error:
        ask(incident, met_officer.actor)
    assert error.value.refusal.code == "sent_today"
    later(clock, hours=24)
    assert ask(incident, met_officer.actor).pk != request.pk


@pytest.mark.parametrize("who", ["kent_officer", "caseworker", "authority_worker", "auditor"])
def test_nobody_else_may_ask(request, incident, who):
    with pytest.raises(Refused):
        ask(incident, request.getfixturevalue(who).actor)


def test_a_number_must_be_one(incident, met_officer):
    for wrong in ("", "123", "not a number", "+447911123456"):
        with pytest.raises(Invalid):
            ask(incident, met_officer.actor, number=wrong)


def test_another_persons_number_cannot_be_chosen(incident, met_officer):
    other = report(met_officer.actor)
    phone = phone_of(other, met_officer.actor)
    with pytest.raises(Invalid):
        ask(incident, met_officer.actor, phone_id=phone.pk)


def test_nothing_is_asked_for_somebody_found_or_held(incident, met_officer):
    held = report(met_officer.actor)
    type(held).objects.filter(pk=held.pk).update(starts_held=True)
    with pytest.raises(Refused):
        ask(held, met_officer.actor)
    locate(incident, met_officer.actor)
    with pytest.raises(Refused) as error:
        ask(incident, met_officer.actor)
    assert error.value.refusal.code == "not_open"


def test_the_charity_gets_a_release_of_the_least_it_needs(incident, met_officer, caseworker, kent_officer):
    request = ask(incident, met_officer.actor)
    release = Release.objects.get()
    assert release.field_names == ["age_group", "number", "request"]
    assert NUMBER not in release.content
    assert not case_selectors.records_visible_to(caseworker.actor).exists()
    assert list(selectors.requests_visible_to(caseworker.actor)) == [request]
    assert not selectors.requests_visible_to(kent_officer.actor).exists()


@pytest.mark.parametrize("who", ["auditor", "authority_worker", "publicity_officer", "suspended_user"])
def test_others_see_no_requests(request, incident, met_officer, who):
    ask(incident, met_officer.actor)
    assert not selectors.requests_visible_to(request.getfixturevalue(who).actor).exists()


def test_a_screener_decides_once_and_with_open_eyes(incident, met_officer, caseworker):
    request = ask(incident, met_officer.actor, answers=SAFE_ANSWERS | {"verified": "no"})
    with pytest.raises(Refused) as error:
        approve(request, caseworker.actor, seen=[])
    assert error.value.refusal.code == "changed"
    approve(request, caseworker.actor)
    with pytest.raises(Refused):
        approve(request, caseworker.actor)
    request.refresh_from_db()
    assert request.accepted_reasons == ["number_unverified"]


def test_a_hard_reason_cannot_be_approved_away(incident, met_officer, caseworker):
    request = ask(incident, met_officer.actor)
    Request.objects.create(
        **{
            field.name: getattr(request, field.name)
            for field in Request._meta.concrete_fields
            if field.name not in {"id", "reference", "form_token", "status", "sent_at"}
        },
        form_token=uuid4(),
        status="sent",
        sent_at=request.requested_at,
    )
    with pytest.raises(Refused) as error:
        approve(request, caseworker.actor)
    assert error.value.refusal.code == "hard_recent"


def test_approving_needs_a_wording(incident, met_officer, caseworker):
    request = ask(incident, met_officer.actor)
    for wrong in ({"language": "pl"}, {"age_group": ""}, {"language": "xx"}):
        with pytest.raises(Invalid):
            approve(request, caseworker.actor, **wrong)


def test_a_refusal_stays_with_the_charity(clock, incident, met_officer, caseworker):
    request = ask(incident, met_officer.actor)
    with pytest.raises(Invalid):
        screening.refuse_request(actor=caseworker.actor, request_id=request.pk, code="x", reason="")
    screening.refuse_request(actor=caseworker.actor, request_id=request.pk, code="unsafe", reason="")
    assert view(request).status is OfficerStatus.WAITING
    later(clock, hours=4)
    assert view(request).status is OfficerStatus.NOT_SENT


def test_at_night_an_approved_text_waits_for_the_morning(clock, incident, met_officer, caseworker):
    clock.move_to("2026-11-23T23:30:00+00:00")
    request = ask(incident, met_officer.actor)
    approve(request, caseworker.actor)
    assert not Message.objects.exists()
    due.release_due()
    assert not Message.objects.exists()
    clock.move_to("2026-11-24T07:00:05+00:00")
    due.release_due()
    request.refresh_from_db()
    assert request.status == RequestStatus.QUEUED


def test_at_high_risk_it_goes_at_night(clock, incident, met_officer, met_supervisor, caseworker):
    clock.move_to("2026-11-23T23:30:00+00:00")
    grade(incident, met_supervisor.actor, "high")
    approve(ask(incident, met_officer.actor), caseworker.actor)
    message = Message.objects.get()
    assert message.lane == "urgent"
    assert (message.valid_until - message.next_attempt_at).total_seconds() == 30 * 60


def test_an_upgrade_in_the_night_lets_it_go(clock, incident, met_officer, met_supervisor, caseworker):
    clock.move_to("2026-11-23T23:30:00+00:00")
    approve(ask(incident, met_officer.actor), caseworker.actor)
    grade(incident, met_supervisor.actor, "high")
    due.release_due()
    assert Message.objects.count() == 1


def test_what_changed_since_the_approval_goes_back_to_a_person(
    clock, incident, met_officer, caseworker, met_supervisor
):
    clock.move_to("2026-11-23T23:30:00+00:00")
    request = approve(ask(incident, met_officer.actor), caseworker.actor)
    set_flag(
        actor=met_officer.actor,
        incident_id=incident.pk,
        kind="trafficking",
        status="suspected",
        source="A call",
    )
    clock.move_to("2026-11-24T07:01:00+00:00")
    due.release_due()
    request.refresh_from_db()
    assert (request.status, request.needs_person, request.reasons) == ("requested", True, ["safety_flag"])
    assert not Message.objects.exists()


def test_what_nobody_decides_lapses(clock, incident, met_officer):
    request = ask(incident, met_officer.actor)
    later(clock, hours=4)
    due.release_due()
    request.refresh_from_db()
    assert request.status == RequestStatus.EXPIRED


def test_a_request_can_be_taken_back(incident, met_officer, caseworker):
    request = approve(ask(incident, met_officer.actor), caseworker.actor)
    assert requests.withdraw_request(actor=met_officer.actor, request_id=request.pk)
    request.refresh_from_db()
    assert request.status == RequestStatus.CANCELLED
    assert Message.objects.get().status == "cancelled"
    assert view(request).status is OfficerStatus.NOT_SENT
    with pytest.raises(Refused):
        requests.withdraw_request(actor=met_officer.actor, request_id=request.pk)


def test_a_veto_holds_everything_back_until_it_is_lifted(incident, met_officer, second_met_officer):
    request = ask(incident, met_officer.actor)
    with pytest.raises(Invalid):
        requests.make_veto(actor=second_met_officer.actor, incident_id=incident.pk, reason=" ")
    requests.make_veto(actor=second_met_officer.actor, incident_id=incident.pk, reason="He has the phone.")
    assert view(request).status is OfficerStatus.NOT_SENT
    with pytest.raises(Refused) as error:
        ask(incident, met_officer.actor)
    assert error.value.refusal.code == "veto"
    with pytest.raises(Refused):
        requests.make_veto(actor=met_officer.actor, incident_id=incident.pk, reason="Again")
    requests.lift_veto(actor=met_officer.actor, incident_id=incident.pk, reason="New phone.")
    with pytest.raises(Refused):
        requests.lift_veto(actor=met_officer.actor, incident_id=incident.pk, reason="New phone.")
    assert ask(incident, met_officer.actor).pk != request.pk


def test_what_is_known_of_the_phone_later_counts_too(incident, met_officer, met):
    AutomationPolicy.objects.create(organisation=met, rules_screen_officers=True)
    phone = phone_of(incident, met_officer.actor, held_by="abuser", kind="landline")
    request = ask(incident, met_officer.actor, phone_id=phone.pk)
    assert set(request.reasons) == {"held_by_other", "not_a_mobile"}


def test_the_trail_of_a_request_holds_no_number(incident, met_officer, caseworker):
    approve(ask(incident, met_officer.actor), caseworker.actor)
    rows = AuditEvent.objects.filter(action__startswith="textsafe.")
    assert {"textsafe.request_made", "textsafe.request_approved", "textsafe.request_queued"} <= set(
        rows.values_list("action", flat=True)
    )
    assert NUMBER not in str(list(rows.values()))
