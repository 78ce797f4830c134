"""Messages to browsers, through the push service of each: `to` is a subscription's line, `body` its JSON.

The JSON's `tag` names what it is about. A push service keeps the newest of a tag alone for a device that is
off (RFC 8030, section 5.4), and the device shows the newest in place of the others. So one whose outcome is
unknown may simply be tried again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from urllib.parse import urlsplit

import urllib3
from django.conf import settings
from django.utils import timezone

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
from foundation.messaging.web_push import identity, sealing
from foundation.messaging.web_push.subscriptions import BadSubscription, read_line

# 4xx answers that tell of the moment, not of the request.
_FOR_NOW = frozenset({408, 425})
_GONE = frozenset({404, 410})
# Where a service that is limiting does not say for how long.
_USUAL_WAIT_SECONDS, _LONGEST_WAIT_SECONDS = 30, 600
# What any service holds it for (RFC 8030, section 5.2, lets it cut that).
_LONGEST_TTL_SECONDS = 28 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Dressed:
    """One request, ready to be made. Address, headers and body stay out of `repr`."""

    url: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


class WebPushGateway:
    """`base.Gateway` for one browser at a time."""

    channel = "web_push"

    def send(self, outgoing: Outgoing) -> Accepted:
        """POST once; redirects are not followed."""
        request = dressed(outgoing)
        try:
            target = outside.check(request.url, allowed=settings.PUSH_ALLOWED_HOSTS)
        except outside.NotAllowed:
            raise NotAccepted("The address may not be called.", permanent=True) from None
        except outside.NoSuchHost:
            raise NotAccepted("The push service's name was not found.", permanent=False) from None
        try:
            answer = outside.post(target, request.body, dict(request.headers), timeout=settings.PUSH_TIMEOUT)
        except (urllib3.exceptions.HTTPError, OSError):
            raise no_answer() from None
        ended = judged(outgoing, answer.status, answer.headers.get("Retry-After", ""))
        if isinstance(ended, NotAccepted):
            raise ended
        return ended

    def find(self, *, to: str, body: str, since: object) -> list[Found]:
        """Nothing: one that may have been taken is sent again, and shown in the other's place."""
        return []

    def fetch(self, provider_id: str) -> Found:
        """Push services tell nobody what they took: always `OutcomeUnknown`."""
        raise OutcomeUnknown("The push service cannot be asked what it took.")


def dressed(outgoing: Outgoing) -> Dressed:
    """The request, sealed for its browser alone. Raises `NotAccepted` for what can never be sent."""
    if not identity.is_set_up():
        raise NotAccepted("No key for push is set.", permanent=True, code="no_key")
    try:
        subscription = read_line(outgoing.to)
        body = sealing.seal(_written(outgoing).encode(), subscription)
    except BadSubscription:
        raise NotAccepted("This is no subscription.", permanent=True, code="bad_address") from None
    except sealing.TooLarge:
        raise NotAccepted("It is longer than a push may be.", permanent=True, code="too_large") from None
    except ValueError:
        raise NotAccepted("The subscription's key is none.", permanent=True, code="bad_address") from None
    ttl = min(outgoing.validity_seconds or _LONGEST_TTL_SECONDS, _LONGEST_TTL_SECONDS)
    headers = {
        "Authorization": identity.authorisation(subscription.origin),
        "Content-Type": "application/octet-stream",
        "Content-Encoding": "aes128gcm",
        "TTL": str(ttl),
        "Urgency": "high",
        "User-Agent": settings.PRODUCT_NAME,
    }
    topic = _topic_of(outgoing.body)
    return Dressed(subscription.endpoint, headers | ({"Topic": topic} if topic else {}), body)


def _written(outgoing: Outgoing) -> str:
    """Its JSON, with the address at which one press ends them for this browser alone."""
    told = _told(outgoing.body)
    if not outgoing.leave or not told:
        return outgoing.body
    return json.dumps({**told, "leave": urlsplit(outgoing.leave).path}, ensure_ascii=False)


def _topic_of(body: str) -> str:
    """What it is about, where it says so: at most 32 letters of base64 for addresses (RFC 8030)."""
    tag = _told(body).get("tag", "")
    return tag if isinstance(tag, str) and len(tag) <= 32 else ""


@lru_cache(maxsize=64)
def _told(body: str) -> Mapping[str, object]:
    """All pushes of a broadcast say the same."""
    try:
        told = json.loads(body)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def judged(outgoing: Outgoing, status: int, retry_after: str) -> Accepted | NotAccepted:
    """What a push service's answer means: its 201 is all that anybody ever hears of a push."""
    if 200 <= status < 300:
        return Accepted(provider_id=outgoing.reference, at=timezone.now())
    if status in _GONE:
        return AddressGone("The browser gets no pushes any more.", code=str(status))
    if status == 429:
        return busy(retry_after, code="429")
    if 300 <= status < 500 and status not in _FOR_NOW:
        return NotAccepted("The push service refused it.", permanent=True, code=str(status))
    if retry_after.isdecimal():
        return busy(retry_after, code=str(status))
    return NotAccepted("The push service could not take it now.", permanent=False, code=str(status))


def busy(retry_after: str, *, code: str) -> AddressBusy:
    """It asks to be left alone, for as long as it says or as is usual."""
    asked = int(retry_after) if retry_after.isdecimal() else _USUAL_WAIT_SECONDS
    wait = timedelta(seconds=min(asked, _LONGEST_WAIT_SECONDS))
    return AddressBusy("The push service takes no more for now.", retry_after=wait, code=code)


def no_answer() -> NotAccepted:
    """Nothing came back: it is tried again, and where it was taken after all the device shows one of them."""
    return NotAccepted("The push service did not answer.", permanent=False, code="no_answer")
