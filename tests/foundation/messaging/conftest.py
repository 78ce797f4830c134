"""What the messaging tests share: the test switchboard, a way to queue, receipts by hand."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.test.testcases import LiveServerThread
from django.utils import timezone

from foundation.actors import Actor
from foundation.messaging import services as messaging
from foundation.messaging.models import Message
from tests.foundation.messaging import board

NUMBER = "+447700900123"
_numbers = itertools.count(1)


@pytest.fixture(autouse=True)
def _switchboard(settings) -> Iterator[None]:
    settings.SWITCHBOARD = "tests.foundation.messaging.board"
    board.reset()
    yield
    board.reset()


def queue(**over) -> Message:
    """Queue one message of the service `plain` to a phone in the drama range."""
    number = next(_numbers)
    given = {
        "actor": Actor.system("test"),
        "channel": "sms",
        "lane": "normal",
        "to": NUMBER,
        "body": "Need to talk?",
        "service": "plain",
        "owner": ("test.Owner", number),
        "guard": "test.may_still_go",
        "organisation_id": None,
        "valid_until": timezone.now() + timedelta(minutes=30),
        "dedupe_key": f"test:{number}",
    }
    return messaging.queue_message(**{**given, **over})


def again(message: Message) -> Message:
    """The message as the database has it now."""
    return Message.objects.get(pk=message.pk)


def log_of(message: Message) -> list[str]:
    """The outcomes in a message's log, oldest first."""
    return list(message.log.order_by("pk").values_list("outcome", flat=True))


def receipt(message: Message, status: str, *, sid: str = "", code: str = "", named: bool = True):
    """Store a receipt as the provider would post it; `named` puts our reference in the address."""
    form = {"MessageSid": sid or message.provider_id or "SMearly", "MessageStatus": status}
    if code:
        form["ErrorCode"] = code
    return messaging.store_raw(
        provider="twilio",
        kind="status",
        query=f"m={message.reference}" if named else "",
        body=urlencode(form),
        signature_ok=True,
    )


def text_in(sender: str, body: str, *, sid: str = "SMin1"):
    """Store a text that somebody sent us."""
    return messaging.store_raw(
        provider="twilio",
        kind="inbound",
        body=urlencode({"MessageSid": sid, "From": sender, "To": "+447700900000", "Body": body}),
        signature_ok=True,
    )


@pytest.fixture
def receiving(settings, committing_db) -> Iterator[str]:
    """The public site on a real port, where the provider's callbacks arrive; yields its address."""
    settings.ROOT_URLCONF = "config.public_urls"
    server = LiveServerThread("127.0.0.1", lambda app: app)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    settings.PUBLIC_BASE_URL = f"http://127.0.0.1:{server.port}"
    yield settings.PUBLIC_BASE_URL
    server.terminate()
