"""Messages to other systems: a signed POST of JSON, or of an XML document as it stands.

Signed as the Standard Webhooks specification says (standardwebhooks.com), with the secrets of the
system it goes to. A receiver must ignore an id that it has had, so here, unlike with texts to people, an
unknown outcome may simply be tried again.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import urllib3
from django.conf import settings
from django.utils import timezone
from standardwebhooks import Webhook

from foundation.messaging.gateways import outside
from foundation.messaging.gateways.base import (
    Accepted,
    AddressBusy,
    AddressGone,
    Found,
    NotAccepted,
    OutcomeUnknown,
    Outgoing,
)

# 4xx answers that tell of the moment, not of the request.
_FOR_NOW = frozenset({408, 409, 425, 429})
_LONGEST_WAIT_SECONDS = 3600
_GONE = 410
# What alerts are written in; no other service sends XML.
_XML = "application/cap+xml; charset=utf-8"


class WebhookGateway:
    """`base.Gateway` for webhooks: `to` is the URL, `body` the whole JSON or XML."""

    channel = "webhook"

    def send(self, outgoing: Outgoing) -> Accepted:
        """POST once. Anything but a 2xx is not accepted; redirects are not followed."""
        try:
            target = outside.check(outgoing.to)
        except outside.NotAllowed:
            raise NotAccepted("The address may not be called.", permanent=True) from None
        except outside.NoSuchHost:
            raise NotAccepted("The other system's name was not found.", permanent=False) from None
        headers, body = dressed(outgoing)
        try:
            answer = outside.post(target, body, headers, timeout=settings.WEBHOOK_TIMEOUT)
        except (urllib3.exceptions.HTTPError, OSError):
            raise no_answer() from None
        _judge(answer.status, answer.headers.get("Retry-After", ""))
        return Accepted(provider_id=outgoing.reference, at=timezone.now())

    def find(self, *, to: str, body: str, since: datetime) -> list[Found]:
        """Nothing: one that may have been taken is sent again, and ignored where it was."""
        return []

    def fetch(self, provider_id: str) -> Found:
        """Other systems keep no list for us: always `OutcomeUnknown`."""
        raise OutcomeUnknown("The other system cannot be asked what it took.")


def dressed(outgoing: Outgoing) -> tuple[dict[str, str], bytes]:
    """The headers, signed now, and the body. Raises `NotAccepted` for what can never be sent."""
    body = _body(outgoing)
    return _headers(outgoing, body), body


def no_answer() -> NotAccepted:
    """Nothing came back: it is tried again, and ignored where it was taken after all."""
    return NotAccepted("The other system did not answer.", permanent=False)


def judged_among_many(outgoing: Outgoing, status: int, retry_after: str) -> Accepted | NotAccepted:
    """What an answer means where many systems are told at once: one that is busy keeps nobody waiting."""
    if status == _GONE:
        return AddressGone("The other system wants no more.", code=str(status))
    try:
        _judge(status, retry_after)
    except NotAccepted as answer:
        if answer.retry_after is None:
            return answer
        return AddressBusy(answer.reason, retry_after=answer.retry_after, code=answer.code)
    return Accepted(provider_id=outgoing.reference, at=timezone.now())


def _is_xml(outgoing: Outgoing) -> bool:
    return outgoing.body.startswith("<?xml")


def _body(outgoing: Outgoing) -> bytes:
    if _is_xml(outgoing):
        return outgoing.body.encode()  # it may bear a signature of its own: not a byte of it changes
    try:
        return json.dumps(json.loads(outgoing.body), separators=(",", ":")).encode()
    except ValueError:
        raise NotAccepted("The message is not JSON.", permanent=True) from None


def _headers(outgoing: Outgoing, body: bytes) -> dict[str, str]:
    if not outgoing.secrets:
        raise NotAccepted("There is no secret to sign with.", permanent=True)
    now = timezone.now()
    signatures = [Webhook(secret).sign(outgoing.reference, now, body.decode()) for secret in outgoing.secrets]
    return {
        "Content-Type": _XML if _is_xml(outgoing) else "application/json",
        "User-Agent": settings.PRODUCT_NAME,
        "webhook-id": outgoing.reference,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


def _judge(status: int, retry_after: str) -> None:
    if 200 <= status < 300:
        return
    if 400 <= status < 500 and status not in _FOR_NOW:
        raise NotAccepted("The other system refused it.", permanent=True, code=str(status))
    if 300 <= status < 400:
        raise NotAccepted("The other system has moved.", permanent=True, code=str(status))
    wait = (
        timedelta(seconds=min(int(retry_after), _LONGEST_WAIT_SECONDS)) if retry_after.isdecimal() else None
    )
    raise NotAccepted(
        "The other system could not take it now.", permanent=False, retry_after=wait, code=str(status)
    )
