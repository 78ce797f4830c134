"""What became of a text reaches the request, whichever state that was in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.audit.models import AuditEvent
from foundation.messaging.enums import MessageStatus
from foundation.messaging.types import Settlement
from missingcases import services as cases
from tests.textsafe.conftest import approve, ask, grade, later, view
from textsafe import selectors
from textsafe.enums import OfficerStatus
from textsafe.models import Request
from textsafe.services import delivery

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
