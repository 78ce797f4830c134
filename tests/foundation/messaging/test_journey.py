"""From the queue to the receipt over HTTP, with every way a receipt can go wrong."""

import time

import pytest

from foundation.messaging import services as messaging
from foundation.messaging.models import RawCallback
from foundation.messaging.tasks import read_callbacks
from foundation.sandbox.enums import FaultKind
from tests.foundation.messaging import board
from tests.foundation.messaging.conftest import NUMBER, again, queue


@pytest.mark.parametrize(
    "fault",
    [None, FaultKind.RECEIPTS_DOUBLED, FaultKind.RECEIPTS_REVERSED, FaultKind.RECEIPTS_LATE],
)
def test_a_text_is_delivered_whatever_happens_to_its_receipts(receiving, provider, fault) -> None:
    if fault is not None:
        provider.break_(fault, seconds=0.2)
    row = queue()

    messaging.send_one(message_id=row.pk)
    provider.wait_until_told()
    read_callbacks()

    assert again(row).status == "delivered"
    assert provider.accepted() == 1


def test_forged_receipts_change_nothing(receiving, provider) -> None:
    provider.break_(FaultKind.RECEIPTS_FORGED)
    row = queue()

    messaging.send_one(message_id=row.pk)
    provider.wait_until_told()
    read_callbacks()

    assert again(row).status == "sent"
    assert not RawCallback.objects.exists()


def test_a_receipt_that_overtakes_a_slow_answer_wins(receiving, provider) -> None:
    provider.break_(FaultKind.SLOW, seconds=1)
    row = queue()
    board.hooks.append(lambda _: None)

    messaging.send_one(message_id=row.pk)
    provider.wait_until_told()
    read_callbacks()

    assert again(row).status == "delivered"
    assert provider.doubled() == {}


def test_an_answer_that_was_cut_is_cleared_up_by_its_receipt(receiving, provider) -> None:
    provider.break_(FaultKind.CUT_AFTER, times=1)
    row = queue()
    messaging.send_one(message_id=row.pk)
    assert again(row).status == "unknown"

    provider.wait_until_told()
    read_callbacks()

    assert again(row).status == "delivered"
    assert provider.accepted() == 1


def test_a_stop_from_the_phone_ends_texts_to_it(receiving, provider) -> None:
    messaging.send_one(message_id=queue(service="textsafe").pk)
    provider.reply(NUMBER, "Stop")
    provider.wait_until_told()
    for _ in range(50):
        read_callbacks()
        if board.handed:
            break
        time.sleep(0.1)

    assert messaging.is_suppressed("textsafe", "sms", NUMBER)
    assert board.handed[0][1:] == ("textsafe", "stop")
