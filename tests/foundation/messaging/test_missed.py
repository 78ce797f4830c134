"""A reply that came while we were away is asked for afterwards, and is one reply however often it is told."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from foundation.messaging import services as messaging
from foundation.messaging import tasks
from foundation.messaging.models import Inbound
from foundation.sandbox.enums import FaultKind
from tests.foundation.messaging import board
from tests.foundation.messaging.conftest import NUMBER, queue, text_in

pytestmark = pytest.mark.django_db


def later(minutes: int = 5):
    return time_machine.travel(timezone.now() + timedelta(minutes=minutes))


def test_a_reply_that_never_reached_us_is_asked_for_and_handed_over_once(provider) -> None:
    messaging.send_one(message_id=queue(service="textsafe").pk)
    sid = provider.reply(NUMBER, "I am safe")  # nobody answers at our address
    assert not Inbound.objects.exists()

    with later():
        tasks.take_missed()
        tasks.read_callbacks()
        assert messaging.take_missed() == 0

    row = Inbound.objects.get()
    assert (row.provider_id, row.sender, row.body) == (sid, NUMBER, "I am safe")
    assert [service for _, service, _ in board.handed] == ["textsafe"]


def test_a_stop_that_never_reached_us_is_obeyed(provider) -> None:
    messaging.send_one(message_id=queue(service="textsafe").pk)
    provider.reply(NUMBER, "STOP")
    with later():
        messaging.take_missed()
        messaging.take_in()
    assert messaging.is_suppressed("textsafe", "sms", NUMBER)


def test_the_call_that_comes_after_all_is_a_doubled_one(provider) -> None:
    sid = provider.reply(NUMBER, "Hello")
    with later():
        assert messaging.take_missed() == 1
        text_in(NUMBER, "Hello", sid=sid)
        messaging.take_in()
        messaging.hand_over_due()
    assert Inbound.objects.count() == 1
    assert len(board.handed) == 1


def test_what_has_just_come_is_left_to_its_own_call(provider) -> None:
    provider.reply(NUMBER, "Hello")
    assert messaging.take_missed() == 0


def test_what_is_long_ago_or_not_to_us_is_left_alone(provider, settings) -> None:
    provider.reply(NUMBER, "Hello")
    with later(27 * 60):
        assert messaging.take_missed() == 0
    settings.TWILIO_SENDER = "+447700900999"
    settings.MESSAGE_SENDERS = {}
    with later():
        assert messaging.take_missed() == 0, "an account may serve another system too"


def test_a_provider_that_cannot_be_asked_is_asked_another_time(provider) -> None:
    provider.reply(NUMBER, "Hello")
    provider.break_(FaultKind.LIST_DOWN, times=1)
    with later():
        assert messaging.take_missed() == 0
        assert messaging.take_missed() == 1


def test_a_gateway_that_keeps_no_list_is_not_asked(settings) -> None:
    settings.GATEWAYS = {"sms": "tests.foundation.messaging.nowhere.Nothing"}
    assert messaging.take_missed() == 0
