"""A new incident calls its force; who acknowledges it is recorded; what nobody acknowledges goes up."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from foundation.access import Refused
from foundation.audit.models import AuditEvent
from foundation.exceptions import Conflict, Invalid, NotVisible
from foundation.messaging.models import Message
from missingcases import services as cases
from missingcases.desk import selectors, services
from missingcases.desk.models import DeskRule, Notice
from missingcases.models import TimelineEntry
from tests.missingcases import making

TEXTED = "+447700900123"


def high(officer, supervisor):
    return making.missing(supervisor.actor, making.report(officer.actor), "high")


def times(administrator, **given):
    values = {
        "escalate_minutes": 15,
        "again_minutes": 15,
        "supervisor_phone": TEXTED,
        "inspector_phone": "",
    }
    return services.save_times(actor=administrator.actor, version=1, values=values | given)


def after(minutes: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=True)


@pytest.mark.django_db
def test_a_new_incident_calls_its_force_and_high_risk_has_a_deadline(met_officer, met_supervisor) -> None:
    incident = making.report(met_officer.actor)
    notice = selectors.open_notice_of(incident.pk)
    assert (notice.organisation_id, notice.escalate_at) == (met_officer.organisation.pk, None)
    making.missing(met_supervisor.actor, incident, "high")
    notice.refresh_from_db()
    assert timedelta(minutes=14) < notice.escalate_at - timezone.now() <= timedelta(minutes=15)
    assert Notice.objects.count() == 1


@pytest.mark.django_db
def test_acknowledging_is_recorded_and_once(met_officer, second_met_officer, met_supervisor) -> None:
    incident = high(met_officer, met_supervisor)
    services.acknowledge_incident(actor=met_officer.actor, incident_id=incident.pk)
    notice = Notice.objects.get()
    assert (notice.acknowledged_by, notice.acknowledged_at is not None) == (met_officer.user, True)
    entry = TimelineEntry.objects.get(kind="incident.acknowledged")
    assert (entry.user, entry.audience) == (met_officer.user, "owner")
    assert AuditEvent.objects.filter(action="incident.acknowledged", incident_id=incident.pk).count() == 1
    with pytest.raises(Refused, match="already"):
        services.acknowledge_incident(actor=second_met_officer.actor, incident_id=incident.pk)


@pytest.mark.django_db
def test_another_force_cannot_acknowledge_nor_learn_of_it(met_officer, kent_officer, caseworker) -> None:
    incident = making.report(met_officer.actor)
    for stranger in (kent_officer, caseworker):
        with pytest.raises(NotVisible):
            services.acknowledge_incident(actor=stranger.actor, incident_id=incident.pk)


@pytest.mark.django_db
def test_nobody_acknowledges_and_the_supervisor_then_the_inspector_hear_of_it(
    met_officer, met_supervisor, met_inspector, met_administrator, kent_supervisor
) -> None:
    times(met_administrator)
    incident = high(met_officer, met_supervisor)
    assert services.escalate_due() == 0
    with after(16):
        assert services.escalate_due() == 1
        assert services.escalate_due() == 0
        assert sorted(Message.objects.values_list("channel", "lane")) == [
            ("email", "urgent"),
            ("sms", "urgent"),
        ]
        email, text = Message.objects.get(channel="email"), Message.objects.get(channel="sms")
        assert (email.to, text.to) == (met_supervisor.user.email, TEXTED)
        for words in (email.subject, email.body, text.body):
            assert "Alex" not in words
            assert "Moor" not in words
        assert incident.reference in text.body
    with after(32):
        assert services.escalate_due() == 1
        assert services.escalate_due() == 0
        assert Message.objects.filter(channel="email").last().to == met_inspector.user.email
    told = TimelineEntry.objects.filter(kind="incident.escalated").values_list("summary", flat=True)
    assert list(told) == [
        "High risk, still not acknowledged: inspector told",
        "High risk, not acknowledged: supervisor told",
    ]


@pytest.mark.django_db
def test_an_acknowledgement_takes_back_what_is_not_sent_and_the_guard_refuses_the_rest(
    met_officer, met_supervisor
) -> None:
    incident = high(met_officer, met_supervisor)
    with after(16):
        services.escalate_due()
        assert services.still_calls(Notice.objects.get().pk) is None
        services.acknowledge_incident(actor=met_officer.actor, incident_id=incident.pk)
        assert services.still_calls(Notice.objects.get().pk).code == "acknowledged"
        assert set(Message.objects.values_list("status", flat=True)) == {"cancelled"}
    with after(60):
        assert services.escalate_due() == 0


@pytest.mark.django_db
def test_found_or_graded_down_it_calls_nobody(met_officer, met_supervisor) -> None:
    found, lower = high(met_officer, met_supervisor), high(met_officer, met_supervisor)
    making.located(met_officer.actor, found)
    making.missing(met_supervisor.actor, lower, "medium")
    with after(16):
        assert services.escalate_due() == 0
    assert [services.still_calls(row.pk).code for row in Notice.objects.all()] == ["acknowledged"] * 2


@pytest.mark.django_db
def test_high_again_is_a_new_call_and_confirmed_high_is_none(met_officer, met_supervisor) -> None:
    incident = high(met_officer, met_supervisor)
    services.acknowledge_incident(actor=met_officer.actor, incident_id=incident.pk)
    making.missing(met_supervisor.actor, incident, "high")
    assert selectors.open_notice_of(incident.pk) is None
    making.missing(met_supervisor.actor, incident, "medium")
    making.missing(met_supervisor.actor, incident, "high")
    assert selectors.open_notice_of(incident.pk).escalate_at is not None


@pytest.mark.django_db
def test_reopened_starts_the_clock_again(met_officer, met_supervisor) -> None:
    incident = high(met_officer, met_supervisor)
    with after(16):
        services.escalate_due()
        making.located(met_officer.actor, incident)
        cases.retract_located(
            actor=met_supervisor.actor, incident_id=incident.pk, level="high", assessment=making.assessment()
        )
        notice = selectors.open_notice_of(incident.pk)
        assert notice.cause == "reopened"
        assert notice.supervisor_told_at is None
        assert services.escalate_due() == 0
    with after(40):
        assert services.escalate_due() == 1


@pytest.mark.django_db
def test_a_force_that_takes_over_is_called_and_the_other_no_more(
    met_officer, met_supervisor, kent, kent_supervisor
) -> None:
    incident = high(met_officer, met_supervisor)
    offer = cases.offer_transfer(
        actor=met_supervisor.actor,
        incident_id=incident.pk,
        to_organisation_id=kent.pk,
        reason="In Dover.",
    )
    cases.accept_transfer(actor=kent_supervisor.actor, transfer_id=offer.pk)
    notice = selectors.open_notice_of(incident.pk)
    assert (notice.organisation_id, notice.cause) == (kent.pk, "transferred")
    assert Notice.objects.filter(replaced_at__isnull=False).count() == 1


@pytest.mark.django_db
def test_of_a_restricted_incident_only_those_who_see_it_are_told_and_no_text_goes(
    met_officer, met_supervisor, met_inspector, met_superintendent, met_administrator
) -> None:
    times(met_administrator)
    incident = high(met_officer, met_supervisor)
    cases.restrict_incident(actor=met_superintendent.actor, incident_id=incident.pk, reason="Staff member.")
    with after(16):
        services.escalate_due()
    assert list(Message.objects.values_list("channel", flat=True)) == ["email"]
    assert Message.objects.get().to == met_superintendent.user.email


@pytest.mark.django_db
def test_a_forces_administrator_sets_its_times_and_nobody_else(
    met_administrator, met_supervisor, administrator, met_officer
) -> None:
    times(met_administrator, escalate_minutes=5)
    for other in (met_supervisor, administrator, met_officer):
        with pytest.raises(Refused):
            services.save_times(actor=other.actor, version=1, values={})
    high(met_officer, met_supervisor)
    with after(6):
        assert services.escalate_due() == 1
    assert DeskRule.objects.count() == 1


@pytest.mark.django_db
def test_times_that_cannot_be_are_refused_by_field_and_a_conflict_shows_both(met_administrator) -> None:
    with pytest.raises(Invalid) as wrong:
        times(met_administrator, escalate_minutes=0, supervisor_phone="no number")
    assert set(wrong.value.problems) == {"escalate_minutes", "supervisor_phone"}
    times(met_administrator, again_minutes=20)
    with pytest.raises(Conflict):
        times(met_administrator, again_minutes=30)


@pytest.mark.usefixtures("committing_db")
def test_eight_workers_escalate_exactly_once(met_officer, met_supervisor, met_administrator) -> None:
    times(met_administrator)
    for _ in range(5):
        high(met_officer, met_supervisor)
    Notice.objects.update(escalate_at=timezone.now() - timedelta(minutes=1))
    gate = Barrier(8)

    def work(_: int) -> int:
        gate.wait()
        try:
            return services.escalate_due()
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(work, range(8))) == 5
    assert Message.objects.count() == 10
    assert TimelineEntry.objects.filter(kind="incident.escalated").count() == 5


@pytest.mark.usefixtures("committing_db")
def test_of_two_who_acknowledge_at_once_one_is_first(met_officer, second_met_officer, met_supervisor) -> None:
    incident = high(met_officer, met_supervisor)
    gate = Barrier(2)

    def work(actor) -> str:
        gate.wait()
        try:
            services.acknowledge_incident(actor=actor, incident_id=incident.pk)
        except Refused as told:
            return told.refusal.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(work, (met_officer.actor, second_met_officer.actor)))
    assert told == ["acknowledged", "done"]
    assert TimelineEntry.objects.filter(kind="incident.acknowledged").count() == 1
