"""Texts without an officer's asking: off by default, after the hour, gated, capped, and stopped at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from foundation.access import Refused
from foundation.audit.models import AuditEvent
from foundation.exceptions import Invalid, Stale
from foundation.messaging.models import Message
from foundation.messaging.services import switches
from missingcases.services import set_flag
from tests.textsafe.conftest import ask, grade, later, locate, phone_of, report, view
from textsafe import selectors
from textsafe.enums import OfficerStatus, Origin, RequestStatus
from textsafe.models import AutomationPolicy, Request
from textsafe.services import automation, delivery, due, requests

pytestmark = pytest.mark.django_db


@pytest.fixture
def policy(met) -> AutomationPolicy:
    """The Met has switched it on."""
    return AutomationPolicy.objects.create(organisation=met, is_on=True)


@pytest.fixture
def missing(incident, met_officer, met_supervisor):
    """Graded, with a number that is safe to text."""
    phone_of(incident, met_officer.actor)
    grade(incident, met_supervisor.actor)
    return incident


def prepared(incident: Any) -> Request | None:
    return automation.consider_incident(incident_id=incident.pk)


def test_it_is_off_until_a_force_switches_it_on(missing) -> None:
    assert prepared(missing) is None
    assert not Request.objects.exists()


def test_it_waits_an_hour_after_the_report_and_goes_by_rule(clock, policy, missing) -> None:
    request = prepared(missing)
    assert request is not None
    assert (request.not_before - missing.reported_at).total_seconds() == 3600
    assert prepared(missing) is None
    later(clock, minutes=59)
    due.release_due()
    assert not Message.objects.exists()
    later(clock, minutes=1)
    due.release_due()
    request.refresh_from_db()
    assert (request.status, request.screened_by) == (RequestStatus.QUEUED, None)
    assert Message.objects.get().lane == "normal"


def test_the_forces_own_delay_counts_from_the_report(clock, policy, missing) -> None:
    AutomationPolicy.objects.update(delay_minutes=180)
    later(clock, hours=2)
    request = prepared(missing)
    assert request is not None
    assert (request.not_before - missing.reported_at).total_seconds() == 180 * 60


@pytest.mark.parametrize(
    "unsafe",
    [
        {"held_by": "abuser"},
        {"held_by": "shared"},
        {"held_by": "not_known"},
        {"verified": False},
        {"state": "recovered"},
        {"state": "left_at_home"},
        {"state": "seized"},
        {"state": "not_known"},
        {"kind": "landline"},
        {"kind": "voip"},
    ],
    ids=str,
)
def test_whatever_the_record_has_against_the_phone_goes_to_a_person(
    clock, policy, incident, met_officer, met_supervisor, unsafe
) -> None:
    phone_of(incident, met_officer.actor, **unsafe)
    grade(incident, met_supervisor.actor)
    request = prepared(incident)
    later(clock, hours=1)
    due.release_due()
    request.refresh_from_db()
    assert (request.status, request.needs_person) == (RequestStatus.REQUESTED, True)
    assert not Message.objects.exists()


@pytest.mark.parametrize("age", [9, None])
def test_a_small_child_or_an_unknown_age_goes_to_a_person(
    clock, policy, charity, met_officer, met_supervisor, age
) -> None:
    incident = report(met_officer.actor, age=age)
    phone_of(incident, met_officer.actor)
    grade(incident, met_supervisor.actor)
    request = prepared(incident)
    later(clock, hours=1)
    due.release_due()
    request.refresh_from_db()
    assert request.needs_person


def test_a_flag_set_in_the_hour_counts(clock, policy, missing, met_officer) -> None:
    request = prepared(missing)
    set_flag(
        actor=met_officer.actor, incident_id=missing.pk, kind="kidnap", status="suspected", source="A call"
    )
    later(clock, hours=1)
    due.release_due()
    request.refresh_from_db()
    assert request.reasons == ["safety_flag"]


def test_a_landline_comes_after_the_mobile_and_nothing_without_a_number(
    policy, incident, met_officer, met_supervisor
) -> None:
    grade(incident, met_supervisor.actor)
    assert prepared(incident) is None
    phone_of(incident, met_officer.actor, number="+442079460123", kind="landline", verified=False)
    mobile = phone_of(incident, met_officer.actor, number="+447700900124")
    assert prepared(incident).phone == mobile


@pytest.mark.parametrize(("chosen", "is_made"), [("for_missing", True), ("for_absent", False)])
def test_missing_and_absent_are_chosen_apart(policy, missing, chosen, is_made) -> None:
    AutomationPolicy.objects.update(for_missing=False, for_absent=False, **{})
    AutomationPolicy.objects.update(**{chosen: True})
    assert (prepared(missing) is not None) is is_made


def test_nothing_is_made_for_imported_found_vetoed_or_asked(
    policy, missing, met_officer, charity, met_supervisor
) -> None:
    type(missing).objects.filter(pk=missing.pk).update(starts_held=True)
    assert prepared(missing) is None
    type(missing).objects.filter(pk=missing.pk).update(starts_held=False)
    requests.make_veto(actor=met_officer.actor, incident_id=missing.pk, reason="He has the phone.")
    assert prepared(missing) is None
    requests.lift_veto(actor=met_officer.actor, incident_id=missing.pk, reason="New phone.")
    ask(missing, met_officer.actor)
    assert prepared(missing) is None
    found = report(met_officer.actor)
    phone_of(found, met_officer.actor, number="+447700900125")
    locate(found, met_officer.actor)
    assert prepared(found) is None


def test_the_daily_limit_sends_the_next_one_to_a_person(
    clock, policy, missing, met_officer, met_supervisor
) -> None:
    AutomationPolicy.objects.update(daily_cap=1)
    second = report(met_officer.actor)
    phone_of(second, met_officer.actor, number="+447700900126")
    grade(second, met_supervisor.actor)
    rows = [prepared(missing), prepared(second)]
    later(clock, hours=1)
    due.release_due()
    for row in rows:
        row.refresh_from_db()
    assert sorted(row.status for row in rows) == ["queued", "requested"]
    assert [row.reasons for row in rows if row.needs_person] == [["force_cap"]]


def test_turned_off_in_the_hour_nothing_goes_and_the_officer_is_not_told_when(
    clock, policy, missing, met_inspector
) -> None:
    request = prepared(missing)
    automation.stop_policy(actor=met_inspector.actor, organisation_id=policy.organisation_id, reason="Why.")
    later(clock, hours=1)
    due.release_due()
    request.refresh_from_db()
    assert request.status == RequestStatus.CANCELLED
    assert view(request).status is OfficerStatus.WAITING
    assert view(request, now=request.closes_at).status is OfficerStatus.NOT_SENT


def test_turned_off_after_it_was_queued_the_last_look_holds_it_back(
    clock, policy, missing, duty_manager
) -> None:
    request = prepared(missing)
    later(clock, hours=1)
    due.release_due()
    automation.stop_policy(actor=duty_manager.actor, organisation_id=policy.organisation_id, reason="Why.")
    assert delivery.check_request(request.pk).code == "policy_off"


def test_the_switch_holds_automatic_texts_back_too(clock, policy, missing, duty_manager) -> None:
    prepared(missing)
    switches.stop(actor=duty_manager.actor, service="textsafe", reason="Wrong wording.")
    later(clock, hours=1)
    due.release_due()
    assert not Message.objects.exists()


def test_an_officers_request_takes_the_place_of_the_automatic_one(policy, missing, met_officer) -> None:
    first = prepared(missing)
    asked = ask(missing, met_officer.actor)
    assert view(first).status is OfficerStatus.NOT_SENT
    assert asked.origin == Origin.OFFICER


def change(actor: Any, policy: AutomationPolicy, **over: Any) -> AutomationPolicy:
    given: dict[str, Any] = {
        "version": policy.version,
        "is_on": True,
        "delay_minutes": 60,
        "for_missing": True,
        "for_absent": False,
        "daily_cap": 20,
        "rules_screen_officers": False,
        "reason": "Agreed with the charity.",
    }
    return automation.change_policy(actor=actor, organisation_id=policy.organisation_id, **(given | over))


def test_an_inspector_sets_the_policy_and_two_at_once_are_told(policy, met_inspector, met_officer) -> None:
    changed = change(met_inspector.actor, policy)
    assert (changed.for_absent, changed.daily_cap, changed.version) == (False, 20, policy.version + 1)
    with pytest.raises(Stale):
        change(met_inspector.actor, policy)
    with pytest.raises(Refused):
        change(met_officer.actor, changed)
    trail = AuditEvent.objects.get(action="textsafe.policy_changed")
    assert trail.fields == ["daily_cap", "for_absent"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"delay_minutes": 59}, "delay_minutes"),
        ({"daily_cap": 1001}, "daily_cap"),
        ({"daily_cap": -1}, "daily_cap"),
        ({"reason": " "}, "reason"),
    ],
)
def test_a_policy_that_cannot_be_is_refused(policy, met_inspector, wrong, field) -> None:
    with pytest.raises(Invalid) as error:
        change(met_inspector.actor, policy, **wrong)
    assert list(error.value.problems) == [field]


def test_stopping_needs_a_reason_and_the_right(policy, met_inspector, met_officer) -> None:
    with pytest.raises(Invalid):
        automation.stop_policy(actor=met_inspector.actor, organisation_id=policy.organisation_id, reason=" ")
    with pytest.raises(Refused):
        automation.stop_policy(actor=met_officer.actor, organisation_id=policy.organisation_id, reason="x")


def test_each_side_counts_its_own_days(policy, missing, met_inspector, kent_officer, caseworker) -> None:
    prepared(missing)
    now = timezone.now()
    today = selectors.force_figures(met_inspector.actor, now=now)[0]
    assert (today.automatic, today.asked_by_officers, today.waiting) == (1, 0, 1)
    assert selectors.force_figures(kent_officer.actor, now=now)[0].automatic == 0
    assert selectors.force_figures(caseworker.actor, now=now) == []
    assert selectors.charity_figures(caseworker.actor, now=now)[0].requested == 1
    assert selectors.charity_figures(met_inspector.actor, now=now) == []
