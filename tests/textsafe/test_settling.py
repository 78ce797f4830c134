"""What became of a text reaches the request, whichever state that was in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.audit.models import AuditEvent
from foundation.messaging.enums import MessageStatus
from foundation.messaging.models import Message
from foundation.messaging.services.suppression import suppress
from foundation.messaging.types import Settlement
from missingcases import services as cases
from tests.textsafe.conftest import NUMBER, approve, ask, grade, later, locate, view
from textsafe import selectors
from textsafe.enums import OfficerStatus, RequestStatus
from textsafe.models import Request
from textsafe.services import delivery, due

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("statuses", [["sent", "delivered"], ["delivered"], ["delivered", "sent"]])
def test_the_officer_reads_delivered_in_whatever_order_it_is_told(
    statuses, incident, met_officer, met_supervisor, caseworker
) -> None:
    grade(incident, met_supervisor.actor, "high")
    request = approve(ask(incident, met_officer.actor), caseworker.actor)
    assert delivery.check_request(request.pk) is None

    for status in statuses:
        delivery.settle([told(request, MessageStatus(status))])

    assert view(request).status == OfficerStatus.DELIVERED
    moves = AuditEvent.objects.filter(target="textsafe.Request", to_state__in=["sent", "delivered"])
    walked = list(moves.order_by("pk").values_list("from_state", "to_state"))
    assert walked[0][0] == "sending"
    assert walked[-1][1] == "delivered"


def test_a_text_that_arrived_before_the_stop_is_not_told_as_one_that_the_stop_missed(
    clock, incident, met_officer, met_supervisor, caseworker
) -> None:
    """Found at noon, texted at one, recorded at two: the record stops what ran at two."""
    grade(incident, met_supervisor.actor, "high")
    request = approve(ask(incident, met_officer.actor), caseworker.actor)
    delivery.check_request(request.pk)
    delivery.settle([told(request, MessageStatus.SENT)])
    found_at = timezone.now() - timedelta(minutes=30)
    later(clock, minutes=10)

    cases.record_located(
        actor=met_officer.actor,
        incident_id=incident.pk,
        located_at=found_at,
        found_by="own_return",
        source="Seen at home.",
    )

    assert selectors.underway(met_officer.actor, incident.pk) == []


def told(request: Request, status: MessageStatus) -> Settlement:
    """What messaging says became of the request's text."""
    return Settlement(request.message_id, "textsafe.Request", request.pk, status, timezone.now())


@pytest.fixture
def doubtful(clock, incident, met_officer, met_supervisor, caseworker) -> Request:
    """Nobody knows whether its text went."""
    grade(incident, met_supervisor.actor, "high")
    request = approve(ask(incident, met_officer.actor), caseworker.actor)
    delivery.check_request(request.pk)
    delivery.settle([told(request, MessageStatus.UNKNOWN)])
    request.refresh_from_db()
    assert request.status == RequestStatus.UNKNOWN
    return request


@pytest.mark.parametrize("status", ["suppressed", "cancelled", "failed", "expired"])
def test_a_doubt_that_ends_without_a_text_is_over(doubtful, status) -> None:
    """Looked for, not found, and held back on the way to being sent once more."""
    assert view(doubtful, now=doubtful.closes_at).status == OfficerStatus.WAITING
    delivery.settle([told(doubtful, MessageStatus(status))])

    doubtful.refresh_from_db()
    assert doubtful.status == status
    assert view(doubtful, now=doubtful.closes_at).status == OfficerStatus.NOT_SENT


def test_found_while_it_waits_to_be_sent_once_more_it_is_taken_back(doubtful, met_officer) -> None:
    Message.objects.filter(pk=doubtful.message_id).update(status="queued")
    locate(doubtful.incident, met_officer.actor)

    doubtful.refresh_from_db()
    assert doubtful.status == RequestStatus.CANCELLED
    assert Message.objects.get().status == MessageStatus.CANCELLED
    assert selectors.underway(met_officer.actor, doubtful.incident_id) == []


def test_found_while_nobody_knows_it_stays_in_doubt_and_is_shown(doubtful, met_officer) -> None:
    Message.objects.filter(pk=doubtful.message_id).update(
        status="unknown", claimed_at=timezone.now(), unknown_since=timezone.now()
    )
    locate(doubtful.incident, met_officer.actor)

    doubtful.refresh_from_db()
    assert doubtful.status == RequestStatus.UNKNOWN
    assert len(selectors.underway(met_officer.actor, doubtful.incident_id)) == 1
    delivery.settle([told(doubtful, MessageStatus.DELIVERED)])
    assert view(doubtful).status == OfficerStatus.DELIVERED


def test_what_expired_unsent_waits_for_its_next_slot(incident, clock, met_officer, caseworker) -> None:
    request = approve(ask(incident, met_officer.actor), caseworker.actor)
    later(clock, minutes=30)
    delivery.settle([told(request, MessageStatus.EXPIRED)])
    request.refresh_from_db()
    assert request.status == RequestStatus.APPROVED
    due.release_due()
    request.refresh_from_db()
    assert (request.status, request.rounds) == (RequestStatus.QUEUED, 2)


def test_what_expired_unsent_goes_to_a_person_where_something_is_new(
    incident, clock, met_officer, caseworker
) -> None:
    request = approve(ask(incident, met_officer.actor), caseworker.actor)
    flag = {"kind": "honour_based_abuse", "status": "suspected", "source": "A call"}
    cases.set_flag(actor=met_officer.actor, incident_id=incident.pk, **flag)
    delivery.settle([told(request, MessageStatus.EXPIRED)])
    request.refresh_from_db()
    assert (request.status, request.needs_person) == (RequestStatus.REQUESTED, True)


@pytest.mark.parametrize("is_over", [False, True])
def test_what_cannot_go_any_more_ends(incident, clock, met_officer, caseworker, is_over) -> None:
    request = approve(ask(incident, met_officer.actor), caseworker.actor)
    if is_over:
        clock.move_to(request.closes_at)
    else:
        suppress(actor=delivery.CLAIM, service="textsafe", channel="sms", to=NUMBER, cause="stop")
    delivery.settle([told(request, MessageStatus.EXPIRED)])
    request.refresh_from_db()
    assert request.status == RequestStatus.EXPIRED
