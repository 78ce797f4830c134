"""What a worker is told to do, as it is told: by ids, and doing it twice does no harm."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from foundation.messaging import services as messaging
from foundation.messaging import tasks
from foundation.messaging.gateways.twilio_client import client
from foundation.messaging.models import Broadcast, Delivery, Inbound, RawCallback
from foundation.sandbox.enums import FaultKind
from tests.foundation.messaging import board
from tests.foundation.messaging.conftest import NUMBER, again, queue, receipt, text_in
from tests.foundation.messaging.test_broadcast import begin

pytestmark = pytest.mark.django_db


def test_a_message_goes_its_receipt_is_read_and_its_owner_hears(provider) -> None:
    row = queue()
    for _ in range(2):
        tasks.send(row.pk)
    raw = receipt(again(row), "delivered")
    for _ in range(2):
        tasks.read_callback(raw.pk)
        tasks.tell_owners()

    assert provider.accepted() == 1
    assert again(row).status == "delivered"
    assert board.told == [(row.owner_id, "sent"), (row.owner_id, "delivered")]


def test_a_lane_is_swept_by_its_place(provider) -> None:
    urgent, normal = queue(lane="urgent"), queue(lane="normal", to="+447700900124")
    tasks.sweep_lane(1)
    assert (again(urgent).status, again(normal).status) == ("sent", "queued")
    tasks.sweep_lane(2)
    assert again(normal).status == "sent"


def test_a_text_that_came_in_is_handed_to_its_service_once(provider) -> None:
    raw = text_in(NUMBER, "are you there")
    for _ in range(2):
        tasks.read_callback(raw.pk)
    assert [kept for kept, _, _ in board.handed] == [Inbound.objects.get().pk]


def test_a_call_that_is_not_there_any_more_is_no_error() -> None:
    tasks.read_callback(1)
    assert not RawCallback.objects.exists()


def test_what_came_in_and_was_missed_is_read(provider) -> None:
    row = queue()
    messaging.send_one(message_id=row.pk)
    receipt(again(row), "delivered")
    text_in(NUMBER, "are you there")
    tasks.read_callbacks()
    assert again(row).status == "delivered"
    assert len(board.handed) == 1


def test_more_receipts_than_one_batch_are_read_in_one_go() -> None:
    now, many = timezone.now(), messaging.receipts.BATCH + 1
    RawCallback.objects.bulk_create(
        RawCallback(
            provider="twilio",
            kind="status",
            query="m=nobodys",
            body=f"MessageSid=SM{number}&MessageStatus=delivered",
            signature_ok=True,
            received_at=now,
            due_at=now,
        )
        for number in range(many)
    )
    tasks.read_callbacks()
    assert RawCallback.objects.filter(attempts=1, due_at__gt=now).count() == many  # each waits for its text


def test_looking_after_ends_what_is_too_late_and_asks_about_what_is_not_known(provider) -> None:
    late = queue(valid_until=timezone.now() + timedelta(minutes=1))
    unknown = queue(to="+447700900124")
    provider.break_(FaultKind.CUT_AFTER, times=1)
    messaging.send_one(message_id=unknown.pk)
    assert again(unknown).status == "unknown"
    with time_machine.travel(timezone.now() + timedelta(minutes=10)):
        tasks.look_after()
    assert again(late).status == "expired"
    assert again(unknown).status in {"sent", "delivered"}


def test_a_broadcast_goes_on_by_its_lane_and_ends_unheard(provider) -> None:
    row = begin(3)
    tasks.sweep_broadcasts(0)
    assert provider.accepted() == 3
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        tasks.expire_deliveries()
    assert set(Delivery.objects.values_list("status", flat=True)) == {"expired"}
    assert Broadcast.objects.get(pk=row.pk).reference == row.reference


def test_the_provider_is_told_to_forget_and_so_do_we(provider) -> None:
    row = queue()
    messaging.send_one(message_id=row.pk)
    provider.wait_until_told()
    raw = receipt(again(row), "delivered")
    messaging.read_statuses()
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        tasks.redact_at_provider()
    with time_machine.travel(timezone.now() + timedelta(days=100)):
        tasks.forget_calls()
    assert client().messages(again(row).provider_id).fetch().body == ""
    assert RawCallback.objects.get(pk=raw.pk).body == ""
