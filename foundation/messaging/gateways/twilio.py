"""Texts through Twilio's official library; the sandbox is the same code at another address."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from requests import exceptions as http
from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException
from urllib3 import exceptions as wire

from foundation.messaging.gateways.base import (
    Accepted,
    Found,
    Listed,
    NotAccepted,
    NotReached,
    OutcomeUnknown,
    Outgoing,
    Received,
)
from foundation.messaging.gateways.dialling import may_dial
from foundation.messaging.gateways.twilio_client import TooMany, client
from foundation.messaging.gateways.twilio_errors import meaning_of

# Twilio holds a text between 1 and 36,000 seconds and advises more than 5.
_VALIDITY = (6, 36_000)
# Its clock and ours may differ, and its times have whole seconds.
_CLOCK_SLACK = timedelta(minutes=2)
# The library reads answers without checking their shape; what then goes wrong comes last.
_FINAL = frozenset({"delivered", "undelivered", "failed", "read", "received", "canceled"})
_TROUBLE = (
    http.RequestException,
    TwilioException,
    wire.HTTPError,
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
)


def status_callback_url(reference: str) -> str:
    """Where Twilio tells how the message `reference` fared."""
    return f"{settings.PUBLIC_BASE_URL}/webhooks/twilio/status?m={reference}"


class TwilioGateway:
    """`base.Gateway` for texts."""

    channel = "sms"

    def __init__(self, *, most_listed: int = 10_000) -> None:
        # A longer list is not looked through, and then proves no absence.
        self._most_listed = most_listed

    def send(self, outgoing: Outgoing) -> Accepted:
        """Create one message. There is no idempotency parameter: a repeat is a second text."""
        if not may_dial(outgoing.to):
            raise not_dialled()
        try:
            made = client().messages.create(**parameters_of(outgoing))
        except TooMany as busy:
            raise too_many(busy.retry_after) from None
        except (TwilioRestException, TwilioServiceException) as refused:
            raise from_answer(int(refused.status or 0), int(refused.code or 0)) from None
        except _TROUBLE as trouble:
            raise _from_trouble(trouble) from None
        if not made.sid:
            raise OutcomeUnknown("The text provider's answer could not be read.")
        return Accepted(provider_id=made.sid, at=timezone.now())

    def find(self, *, to: str, body: str, since: datetime) -> list[Found]:
        """Messages to `to` with this text that Twilio took since `since`, newest first.

        Asked by number without a date, because a message that still waits at Twilio has no date
        sent and a date would hide it; the date is compared here. Where Twilio redacts
        (`TWILIO_DISCARD_CONTENT`) sent ones are asked for by date too and told by what is left of
        the number.
        """
        earliest = since.astimezone(UTC) - _CLOCK_SLACK
        found: dict[str, Found] = {}
        try:
            for row in _candidates(to, earliest, most=self._most_listed):
                match = _match(row, to=to, body=body, earliest=earliest)
                if match is not None:
                    found.setdefault(match.provider_id, match)
        except (TooMany, *_TROUBLE):
            raise OutcomeUnknown("The text provider could not be asked.") from None
        return sorted(found.values(), key=lambda one: one.at, reverse=True)

    def fetch(self, provider_id: str) -> Found:
        """One message by its SID."""
        try:
            row = client().messages(provider_id).fetch()
        except (TooMany, *_TROUBLE):
            raise OutcomeUnknown("The text provider could not be asked.") from None
        return _found(row, certain=True)

    def received(self, since: datetime) -> list[Received]:
        """Texts to the senders of these settings since `since`; an account may have others' senders too."""
        ours = {settings.TWILIO_SENDER, *settings.MESSAGE_SENDERS.values()}
        day = since.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        try:
            rows = list(_all({"date_sent_after": day}, self._most_listed))
        except (TooMany, *_TROUBLE):
            raise OutcomeUnknown("The text provider could not be asked.") from None
        return [
            Received(str(row.sid), str(row.from_), str(row.to), str(row.body or ""), _found_at(row))
            for row in rows
            if row.direction == "inbound"
            and not ours.isdisjoint({row.to, row.messaging_service_sid})
            and _found_at(row) >= since
        ]

    def sent(self, since: datetime) -> list[Listed]:
        """What left our senders since `since`; what still waits at Twilio has no date yet."""
        day = since.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        try:
            rows = [row for row in _all({"date_sent_after": day}, self._most_listed) if _is_ours(row)]
        except (TooMany, *_TROUBLE):
            raise OutcomeUnknown("The text provider could not be asked.") from None
        return [
            Listed(_found(row, certain=True), str(row.to or ""), str(row.body or ""), _senders(row))
            for row in rows
            if _found_at(row) >= since
        ]

    def unredacted(self, day: date) -> list[str]:
        """SIDs of that day's final messages whose text Twilio still keeps, replies among them."""
        try:
            rows = client().messages.stream(date_sent=day, page_size=1000)
            return [str(row.sid) for row in rows if row.body and row.status in _FINAL]
        except (TooMany, *_TROUBLE):
            raise OutcomeUnknown("The text provider could not be asked.") from None

    def redact(self, provider_id: str) -> None:
        """Blank the text at Twilio: possible on every account, once the status is final."""
        try:
            client().messages(provider_id).update(body="")
        except (TooMany, *_TROUBLE):
            raise OutcomeUnknown("The text provider could not be asked.") from None


def not_dialled() -> NotAccepted:
    """What becomes of a real number outside production."""
    return NotAccepted("Outside production only invented numbers are dialled.", permanent=True)


def too_many(retry_after: timedelta | None) -> NotAccepted:
    """HTTP 429, and when the provider wants to be asked again."""
    return NotAccepted(
        "The text provider is too busy.", permanent=False, retry_after=retry_after, code="20429"
    )


def parameters_of(outgoing: Outgoing) -> dict[str, Any]:
    """One message as the official library takes it."""
    sender = outgoing.sender or settings.TWILIO_SENDER
    given: dict[str, Any] = {
        "to": outgoing.to,
        "body": outgoing.body,
        # Twilio must not rewrite a text that somebody approved.
        "smart_encoded": False,
    }
    if sender.startswith("MG"):
        given["messaging_service_sid"] = sender
    else:
        given["from_"] = sender
    if outgoing.status_callback:
        given["status_callback"] = outgoing.status_callback
    if outgoing.validity_seconds is not None:
        given["validity_period"] = max(_VALIDITY[0], min(outgoing.validity_seconds, _VALIDITY[1]))
    if settings.TWILIO_DISCARD_CONTENT:
        given["content_retention"] = "discard"
        given["address_retention"] = "obfuscate"
    return given


def from_answer(status: int, code: int) -> NotAccepted | OutcomeUnknown:
    """What an HTTP answer proves. Only a 4xx proves that nothing was made (408 does not)."""
    if not 400 <= status < 500 or status == 408:
        return OutcomeUnknown("The text provider had a fault; it may or may not have taken the text.")
    meaning = meaning_of(code, status=status)
    return NotAccepted(
        meaning.reason, permanent=meaning.permanent, retry_after=meaning.retry_after, code=str(code or "")
    )


def _from_trouble(trouble: BaseException) -> NotAccepted | OutcomeUnknown:
    if _never_left(trouble):
        return NotReached("The text provider could not be reached.")
    return OutcomeUnknown("The connection was lost; the text may or may not have been taken.")


def _never_left(trouble: BaseException) -> bool:
    """Whether the trouble shows that no request went out: no name, no connection, no trust."""
    if isinstance(trouble, http.ConnectTimeout | http.MissingSchema | http.InvalidURL):
        return True
    return any(
        isinstance(one, wire.NewConnectionError | wire.ConnectTimeoutError | ssl.SSLCertVerificationError)
        for one in _causes(trouble)
    )


def _causes(trouble: BaseException) -> Iterator[BaseException]:
    """The exception and whatever it wraps; requests and urllib3 hide the cause in different places."""
    waiting: list[object] = [trouble]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop()
        if not isinstance(one, BaseException) or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += [getattr(one, "reason", None), one.__cause__, one.__context__, *one.args]


def _candidates(to: str, earliest: datetime, *, most: int) -> Iterator[Any]:
    """Every row that could be the one. Never cut short: Twilio sorts by date sent, waiting ones have none."""
    yield from _all({"to": to}, most)
    if settings.TWILIO_DISCARD_CONTENT:
        day = earliest.replace(hour=0, minute=0, second=0, microsecond=0)
        yield from _all({"date_sent_after": day}, most)


def _all(asked: dict[str, Any], most: int) -> Iterator[Any]:
    for number, row in enumerate(client().messages.stream(**asked, page_size=1000)):
        if number >= most:
            raise OutcomeUnknown("The text provider's list is too long to be looked through.")
        yield row


def _match(row: Any, *, to: str, body: str, earliest: datetime) -> Found | None:
    if row.direction == "inbound" or row.date_created is None or row.date_created < earliest:
        return None
    number, text = str(row.to or ""), str(row.body or "")
    whole_number = number == to
    if not whole_number and number != to[:-4] + "XXXX":
        return None
    # A trial account puts a sentence of its own before the text.
    whole_text = _plain(text).endswith(_plain(body))
    if text and not whole_text:
        return None
    return _found(row, certain=whole_number and bool(text))


def _plain(text: str) -> str:
    return "\n".join(text.split("\r\n")).strip()


def _senders(row: Any) -> frozenset[str]:
    return frozenset(str(one) for one in (row.from_, row.messaging_service_sid) if one)


def _is_ours(row: Any) -> bool:
    ours = {settings.TWILIO_SENDER, *settings.MESSAGE_SENDERS.values()}
    return row.direction != "inbound" and not ours.isdisjoint(_senders(row))


def _found_at(row: Any) -> datetime:
    at: datetime = row.date_sent or row.date_created or timezone.now()
    return at.astimezone(UTC)


def _found(row: Any, *, certain: bool) -> Found:
    return Found(
        provider_id=str(row.sid),
        status=str(row.status or ""),
        at=_found_at(row),
        certain=certain,
        code=str(row.error_code or ""),
    )
