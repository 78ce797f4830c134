"""The force's own systems hear that an officer would read something else, when it would be read."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from foundation.audit.models import AuditEvent
from foundation.messaging.enums import MessageStatus
from foundation.messaging.models import Message
from foundation.messaging.types import Settlement
from missingcases.hooks import selectors as hook_selectors
from missingcases.hooks import services as hooks
from missingcases.hooks.models import Delivery, Endpoint
from missingcases.models import Incident
from tests.textsafe.conftest import approve, ask, grade, later
from textsafe.models import Request
from textsafe.services import delivery, due, telling

pytestmark = pytest.mark.django_db
KIND = "textsafe.status"


def endpoint_of(place) -> Endpoint:
    return Endpoint.objects.create(
        organisation=place, url=f"https://192.0.2.1/{place.code}", types=[KIND], secret="whsec_eA=="
    )


@pytest.fixture
def request_sent(incident, met_officer, met_supervisor, caseworker) -> Request:
    grade(incident, met_supervisor.actor, "high")
    request = approve(ask(incident, met_officer.actor), caseworker.actor)
    assert delivery.check_request(request.pk) is None
    return request


def settle(request: Request, status: MessageStatus) -> None:
    request.refresh_from_db()
    delivery.settle([Settlement(request.message_id, "textsafe.Request", request.pk, status, timezone.now())])


def bodies() -> list[dict]:
    return [json.loads(row.body) for row in Message.objects.filter(service="webhooks").order_by("pk")]


def test_sent_then_delivered_are_told_and_neither_is_said(clock, met, request_sent) -> None:
    endpoint_of(met)
    assert telling.tell_systems() == 0
    settle(request_sent, MessageStatus.SENT)
    assert telling.tell_systems() == 1
    later(clock, minutes=1)
    settle(request_sent, MessageStatus.DELIVERED)
    assert (telling.tell_systems(), telling.tell_systems()) == (1, 0)

    told = bodies()
    assert [one["type"] for one in told] == [KIND, KIND]
    for one in told:
        assert one["data"]["subject"] == request_sent.reference
        assert one["data"]["incident"] == request_sent.incident.reference
        assert set(one["data"]) == {"incident", "version", "subject", "replay"}
    assert set(Message.objects.filter(service="webhooks").values_list("lane", flat=True)) == {"normal"}
    entry = AuditEvent.objects.filter(action="textsafe.status_told").first()
    assert entry.on_behalf_of_id == met.pk


def test_a_text_in_doubt_is_told_once_it_is_settled(clock, met, request_sent) -> None:
    endpoint_of(met)
    settle(request_sent, MessageStatus.UNKNOWN)
    later(clock, days=1)
    assert telling.tell_systems() == 0
    settle(request_sent, MessageStatus.SENT)
    assert telling.tell_systems() == 1


def test_only_the_force_that_holds_the_incident_hears(met, kent, charity, lambeth, request_sent) -> None:
    for place in (kent, charity, lambeth):
        endpoint_of(place)
    settle(request_sent, MessageStatus.SENT)
    assert telling.tell_systems() == 1
    assert not Delivery.objects.exists()
    assert not AuditEvent.objects.filter(action="textsafe.status_told").exists()


def test_what_is_handed_over_meanwhile_is_not_sent(met, kent, request_sent) -> None:
    endpoint_of(met)
    settle(request_sent, MessageStatus.SENT)
    telling.tell_systems()
    row = Delivery.objects.get()
    assert hooks.may_go(row.pk) is None
    Incident.objects.filter(pk=request_sent.incident_id).update(owner=kent)
    assert hooks.may_go(row.pk).code == hook_selectors.NOT_VISIBLE


def test_what_was_not_sent_is_told_at_the_end_of_its_window(clock, met, incident, met_officer) -> None:
    endpoint_of(met)
    request = ask(incident, met_officer.actor)
    clock.move_to(request.closes_at - timedelta(seconds=1))
    due.release_due()
    assert telling.tell_systems() == 0
    clock.move_to(request.closes_at)
    assert telling.tell_systems() == 1
    assert bodies()[0]["data"]["subject"] == request.reference
    assert telling.tell_systems() == 0


def test_an_administrator_can_choose_it(met_administrator) -> None:
    assert KIND in dict(hook_selectors.choices())
    page = met_administrator.sign_in(Client()).get("/administration/webhooks/add/").content.decode()
    assert "What became of a TextSafe you asked for" in page
