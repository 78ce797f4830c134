"""Looking whether a text arrived is audited, and so is reading what people answered."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from foundation.audit.models import AuditEvent
from tests.textsafe.conftest import NUMBER, ask
from textsafe.models import Conversation, Request
from textsafe.services import conversations

pytestmark = pytest.mark.django_db
POLL = {"X-Harbour-Poll": "1"}


def looks(action: str = "textsafe.delivery_viewed") -> list[list[str]]:
    return list(AuditEvent.objects.filter(action=action).order_by("pk").values_list("fields", flat=True))


@pytest.fixture
def request_page(incident, met_officer, clock) -> tuple[Client, Request, str]:
    row = ask(incident, met_officer.actor)
    return met_officer.sign_in(Client()), row, f"/textsafe/requests/{row.reference}/"


def test_each_opening_is_a_look(request_page) -> None:
    client, _, address = request_page
    client.get(address)
    client.get(address)
    assert looks() == [["status"], ["status"]]


def test_a_page_left_open_is_a_new_look_once_it_shows_the_receipt(request_page) -> None:
    client, row, address = request_page
    client.get(address)
    client.get(address, headers=POLL)
    Request.objects.filter(pk=row.pk).update(status="sent", sent_at=timezone.now())
    for _ in range(2):
        client.get(address, headers=POLL)
    Request.objects.filter(pk=row.pk).update(status="delivered", delivered_at=timezone.now())
    for _ in range(2):
        assert "Delivered" in client.get(address, headers=POLL).content.decode()
    sent, delivered = ["sent_at", "status"], ["delivered_at", "sent_at", "status"]
    assert looks() == [["status"], sent, delivered]


def test_nobody_looks_unseen_by_asking_as_a_page_left_open(request_page, second_met_officer) -> None:
    client, _, address = request_page
    client.get(address, headers=POLL)
    second_met_officer.sign_in(Client()).get(address, headers=POLL)
    assert len(looks()) == 2


def test_figures_that_tell_how_many_arrived_are_a_look(request_page, met_inspector) -> None:
    client, *_ = request_page
    client.get("/textsafe/figures/")
    met_inspector.sign_in(Client()).get("/textsafe/automatic/own/")
    assert looks("textsafe.figures_viewed") == [["delivered_at"], ["delivered_at"]]


def test_a_conversation_left_open_is_read_again_when_something_comes(clock, charity, caseworker) -> None:
    row = Conversation.objects.create(
        charity=charity, number=NUMBER, number_key="key", opened_at=timezone.now()
    )
    client, address = caseworker.sign_in(Client()), f"/textsafe/conversations/{row.reference}/"
    for _ in range(2):
        client.get(address, headers=POLL)
    assert len(looks("textsafe.conversation_read")) == 1
    conversations.add_note(actor=caseworker.actor, conversation_id=row.pk, text="Ring her aunt.")
    for _ in range(2):
        client.get(address, headers=POLL)
    assert len(looks("textsafe.conversation_read")) == 2


def test_a_screener_who_sees_a_number_and_a_list_that_is_read_are_noted(request_page, caseworker) -> None:
    _, row, _ = request_page
    client = caseworker.sign_in(Client())
    for address in ("/textsafe/screening/", f"/textsafe/screening/{row.reference}/"):
        assert client.get(address).status_code == 200
    for address in ("conversations/", "unknown-numbers/", "concerns/"):
        client.get(f"/textsafe/{address}")
    assert looks("textsafe.request_opened") == [["number"]]
    listed = AuditEvent.objects.filter(action="textsafe.list_read").order_by("pk")
    assert [one.target.split(".")[1] for one in listed] == [
        "Request",
        "Conversation",
        "TriageItem",
        "Escalation",
    ]
    assert listed[0].target_ids == [row.pk]
