"""Pushes: sealed as RFC 8291 shows it, sent to a real HTTP server, and what each answer means."""

from __future__ import annotations

import json
import time
from datetime import timedelta

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, derive_private_key

from foundation.messaging import addresses, numbers
from foundation.messaging.exceptions import InvalidAddress
from foundation.messaging.gateways.base import (
    Accepted,
    AddressBusy,
    AddressGone,
    NotAccepted,
    Outgoing,
)
from foundation.messaging.gateways.bulk.endpoints import WebhookBulkGateway, WebPushBulkGateway
from foundation.messaging.gateways.web_push import WebPushGateway
from foundation.messaging.web_push import identity, sealing
from foundation.messaging.web_push.subscriptions import PushSubscription, from_base64, in_base64
from tests.foundation.gateways.test_webhook import SECRET
from tests.foundation.messaging.browsers import Browser

# RFC 8291, appendix A.
_SENDER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
_RECEIVER = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
_SEALED = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqK"
    "K6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)
TOLD = {"tag": "alert-1", "title": "Child Rescue Alert", "body": "A girl of 7."}


def outgoing(to: str, **over) -> Outgoing:
    given = {"reference": "b1-7", "to": to, "body": json.dumps(TOLD), "validity_seconds": 900}
    return Outgoing(**{**given, **over})


def many(gateway, *given: Outgoing) -> list:
    """How each ended, in the order they were given."""
    waiting = iter(given)
    ended = {one.reference: how for one, how in gateway.send_many(waiting)}
    return [ended[one.reference] for one in given]


def test_a_message_is_sealed_as_the_standard_shows() -> None:
    key = derive_private_key(int.from_bytes(from_base64(_SENDER), "big"), SECP256R1())
    browser = PushSubscription(
        "https://push.example", from_base64(_RECEIVER), from_base64("BTBZMqHH6r4Tts7J_aSIgg")
    )
    sealed = sealing.seal_with(
        b"When I grow up, I want to be a watermelon",
        browser,
        key=key,
        salt=from_base64("DGv6ra1nlYgDCS1FRnbzlw"),
    )
    assert in_base64(sealed) == _SEALED


@pytest.mark.parametrize("in_bulk", [False, True])
def test_a_browser_gets_what_only_it_can_open_from_whom_it_knows(receiver, in_bulk) -> None:
    browser = Browser(f"http://127.0.0.1:{receiver.port}/push/1")
    one = outgoing(browser.line, leave="https://alerts.example/alerts/leave/x/")
    receiver.status = 201
    ended = many(WebPushBulkGateway(), one)[0] if in_bulk else WebPushGateway().send(one)

    assert isinstance(ended, Accepted)
    ((path, headers, body),) = receiver.got
    assert path == "/push/1"
    assert json.loads(browser.opened(body)) == {**TOLD, "leave": "/alerts/leave/x/"}
    assert (headers["TTL"], headers["Urgency"], headers["Topic"]) == ("900", "high", "alert-1")
    assert headers["Content-Encoding"] == "aes128gcm"
    _, token, key = headers["Authorization"].replace(",", "").split()
    assert key == f"k={identity.public_key()}"
    claims = jwt.decode(
        token.removeprefix("t="),
        browser.key_from(identity.public_key()),
        algorithms=["ES256"],
        audience=f"http://127.0.0.1:{receiver.port}",
    )
    assert claims["sub"].startswith("mailto:")
    assert claims["exp"] <= time.time() + 24 * 3600


@pytest.mark.parametrize(
    ("status", "kind", "permanent"),
    [
        (404, AddressGone, True),
        (410, AddressGone, True),
        (429, AddressBusy, False),
        (503, AddressBusy, False),
        (500, NotAccepted, False),
        (400, NotAccepted, True),
        (302, NotAccepted, True),
    ],
)
def test_what_an_answer_means_is_the_same_alone_and_in_bulk(receiver, status, kind, permanent) -> None:
    browser = Browser(f"http://127.0.0.1:{receiver.port}/push/1")
    receiver.status = status
    if status in {429, 503}:
        receiver.headers = {"Retry-After": "7"}
    with pytest.raises(NotAccepted) as alone:
        WebPushGateway().send(outgoing(browser.line))
    (in_bulk,) = many(WebPushBulkGateway(), outgoing(browser.line))
    for ended in (alone.value, in_bulk):
        assert type(ended) is kind
        assert ended.permanent is permanent
        assert ended.retry_after == (timedelta(seconds=7) if kind is AddressBusy else None)


def test_a_busy_host_is_left_alone_and_keeps_nobody_from_another(receiver, settings) -> None:
    settings.PUSH_ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
    receiver.status, receiver.headers = 429, {"Retry-After": "60"}
    gateway = WebPushBulkGateway()
    busy = Browser(f"http://127.0.0.1:{receiver.port}/push/1").line
    (first,) = many(gateway, outgoing(busy))
    receiver.status, receiver.headers = 201, {}
    other = Browser(f"http://localhost:{receiver.port}/push/2").line
    second, third = many(gateway, outgoing(busy, reference="b1-8"), outgoing(other, reference="b1-9"))

    assert isinstance(first, AddressBusy)
    assert isinstance(second, AddressBusy)
    assert second.code == "rests"
    assert isinstance(third, Accepted)
    assert [path for path, _, _ in receiver.got] == ["/push/1", "/push/2"]


def test_nothing_leads_inside(receiver, settings) -> None:
    """A name that is allowed nowhere and leads to ourselves, by TLS as it must be."""
    settings.PUSH_ALLOWED_HOSTS = settings.WEBHOOK_ALLOWED_HOSTS = []
    inside = f"https://localhost:{receiver.port}/"
    (push,) = many(WebPushBulkGateway(), outgoing(Browser(inside).line))
    (hook,) = many(WebhookBulkGateway(), outgoing(inside, secrets=(SECRET,)))
    (plain,) = many(WebhookBulkGateway(), outgoing(f"http://127.0.0.1:{receiver.port}/", secrets=(SECRET,)))

    assert {one.code for one in (push, hook, plain)} == {"not_allowed"}
    assert all(one.permanent for one in (push, hook, plain))
    assert receiver.got == []


def test_many_partners_get_signed_json_and_each_answers_for_itself(receiver) -> None:
    here = f"http://127.0.0.1:{receiver.port}"
    (taken,) = many(WebhookBulkGateway(), outgoing(f"{here}/in", secrets=(SECRET,)))
    receiver.status = 410
    (gone,) = many(WebhookBulkGateway(), outgoing(f"{here}/in", secrets=(SECRET,)))
    (unsigned,) = many(WebhookBulkGateway(), outgoing(f"{here}/in"))

    assert isinstance(taken, Accepted)
    assert isinstance(gone, AddressGone)
    assert unsigned.permanent
    assert receiver.got[0][1]["webhook-id"] == "b1-7"
    assert json.loads(receiver.got[0][2]) == TOLD


def test_a_service_that_is_away_is_tried_again() -> None:
    (ended,) = many(WebPushBulkGateway(), outgoing(Browser("http://127.0.0.1:9/push/1").line))
    assert not ended.permanent
    assert ended.code == "no_answer"


def test_a_subscription_is_its_endpoint_and_of_a_push_service_that_we_know() -> None:
    known = Browser("https://updates.push.services.mozilla.com/wpush/v2/abc")
    again = Browser(known.endpoint)
    assert addresses.normalise("web_push", f"  {known.line} ") == known.line
    assert numbers.key_of("web_push", known.line) == numbers.key_of("web_push", again.line)

    for endpoint in (
        "https://example.com/push",
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com.example.com/x",
        "https://me@fcm.googleapis.com/x",
    ):
        with pytest.raises(InvalidAddress):
            addresses.normalise("web_push", Browser(endpoint).line)
    for line in (
        "",
        known.endpoint,
        f"{known.endpoint} AAAA BBBB",
        f"{known.endpoint} {'A' * 87} {'A' * 22}",
    ):
        with pytest.raises(InvalidAddress):
            addresses.normalise("web_push", line)
