"""What became of a text reaches the request, whichever state that was in."""

from __future__ import annotations

import pytest
from django.utils import timezone

from foundation.audit.models import AuditEvent
from foundation.messaging.enums import MessageStatus
from foundation.messaging.types import Settlement
from tests.textsafe.conftest import approve, ask, grade, view
from textsafe.enums import OfficerStatus
from textsafe.services import delivery

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("told", [["sent", "delivered"], ["delivered"], ["delivered", "sent"]])
def test_the_officer_reads_delivered_in_whatever_order_it_is_told(
    told, incident, met_officer, met_supervisor, caseworker
) -> None:
    grade(incident, met_supervisor.actor, "high")
    request = approve(ask(incident, met_officer.actor), caseworker.actor)
    assert delivery.check_request(request.pk) is None

    for status in told:
        delivery.settle(
            [
                Settlement(
                    request.message_id, "textsafe.Request", request.pk, MessageStatus(status), timezone.now()
                )
            ]
        )

    assert view(request).status == OfficerStatus.DELIVERED
    moves = AuditEvent.objects.filter(target="textsafe.Request", to_state__in=["sent", "delivered"])
    walked = list(moves.order_by("pk").values_list("from_state", "to_state"))
    assert walked[0][0] == "sending"
    assert walked[-1][1] == "delivered"
