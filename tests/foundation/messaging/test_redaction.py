"""The provider is told to forget what is done, and only what is ours and done."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from foundation.messaging import services as messaging
from foundation.messaging.gateways.base import Outgoing
from foundation.messaging.gateways.twilio import TwilioGateway
from foundation.messaging.gateways.twilio_client import client
from foundation.messaging.models import Message
from foundation.sandbox.enums import FaultKind
from tests.foundation.messaging.conftest import again, queue, receipt, text_in

pytestmark = pytest.mark.django_db


def done_text(provider) -> Message:
    row = queue()
    messaging.send_one(message_id=row.pk)
    provider.wait_until_told()
    receipt(again(row), "delivered")
    messaging.read_statuses()
    assert again(row).status == "delivered"
    return again(row)


def held(sid: str) -> str:
    return client().messages(sid).fetch().body


def run(*, days: int = 3) -> int:
    with time_machine.travel(timezone.now() + timedelta(days=days)):
        return messaging.redact_at_provider()


def test_a_text_that_is_done_is_forgotten_by_the_provider(provider) -> None:
    row = done_text(provider)
    assert held(row.provider_id) == "Need to talk?"

    assert run() == 1

    assert held(row.provider_id) == ""
    assert again(row).body == "Need to talk?"
    assert run() == 0


def test_a_reply_is_forgotten_once_it_was_handed_over(provider) -> None:
    done_text(provider)
    sid = provider.reply("+447700900123", "I am safe")
    provider.wait_until_told()
    assert run() == 1
    assert held(sid) == "I am safe"

    text_in("+447700900123", "I am safe", sid=sid)
    for inbound_id in messaging.take_in():
        messaging.hand_over(inbound_id=inbound_id)

    assert run() == 1
    assert held(sid) == ""


def test_what_is_fresh_unknown_or_anothers_is_left_alone(provider) -> None:
    done_text(provider)
    provider.break_(FaultKind.CUT_AFTER, times=1)
    row = queue(to="+447700900124")
    messaging.send_one(message_id=row.pk)
    TwilioGateway().send(Outgoing(reference="other-system", to="+447700900125", body="Not ours"))
    provider.wait_until_told()

    assert run(days=0) == 0
    assert run() == 1
    assert [text.body for text in client().messages.list(to="+447700900124")] == ["Need to talk?"]
    assert [text.body for text in client().messages.list(to="+447700900125")] == ["Not ours"]


def test_a_provider_that_does_not_answer_is_asked_another_time(provider) -> None:
    row = done_text(provider)
    provider.break_(FaultKind.LIST_DOWN)
    assert run() == 0

    provider.mend()
    assert run() == 1
    assert held(row.provider_id) == ""


def test_it_can_be_switched_off(provider, settings) -> None:
    done_text(provider)
    settings.TWILIO_REDACT_AFTER_DAYS = 0

    assert run() == 0
