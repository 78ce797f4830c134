"""Texts through Twilio, many at once over kept connections, by curl; each ends as by the official client."""

from __future__ import annotations

import json
from datetime import timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import quote_plus, urlencode

import pycurl
from django.conf import settings
from django.utils import timezone

from foundation.messaging.gateways.base import Accepted, NotReached, OutcomeUnknown, Outgoing
from foundation.messaging.gateways.bulk.base import Ended
from foundation.messaging.gateways.bulk.calls import Call, CallingGateway
from foundation.messaging.gateways.dialling import may_dial
from foundation.messaging.gateways.twilio import from_answer, not_dialled, parameters_of, too_many
from foundation.messaging.gateways.twilio_client import MESSAGES_HOST

# As the official library spells its parameters on the wire.
_NAMES = {
    "messaging_service_sid": "MessagingServiceSid",
    "from_": "From",
    "body": "Body",
    "smart_encoded": "SmartEncoded",
    "validity_period": "ValidityPeriod",
    "content_retention": "ContentRetention",
    "address_retention": "AddressRetention",
}
# They show that no request went out: no name, no connection, no trust, no address.
_NEVER_LEFT = frozenset(
    {
        pycurl.E_COULDNT_RESOLVE_HOST,
        pycurl.E_COULDNT_RESOLVE_PROXY,
        pycurl.E_COULDNT_CONNECT,
        pycurl.E_PEER_FAILED_VERIFICATION,
        pycurl.E_URL_MALFORMAT,
        pycurl.E_UNSUPPORTED_PROTOCOL,
    }
)
_LONGEST_RETRY_SECONDS = 600


class _Call(Call):
    """A call to the text provider."""

    def __init__(self) -> None:
        super().__init__(settings.TWILIO_TIMEOUT)
        self._answer = bytearray()
        handle = self.handle
        base = settings.TWILIO_BASE_URL.rstrip("/")
        path = f"/2010-04-01/Accounts/{settings.TWILIO_ACCOUNT_SID}/Messages.json"
        handle.setopt(pycurl.URL, f"{base or MESSAGES_HOST}{path}")
        handle.setopt(pycurl.PROTOCOLS, pycurl.PROTO_HTTPS | (pycurl.PROTO_HTTP if base else 0))
        if base:  # a machine's proxy is for the world outside, not for the stand-in beside us
            handle.setopt(pycurl.PROXY, "")
        handle.setopt(pycurl.USERPWD, f"{settings.TWILIO_ACCOUNT_SID}:{settings.TWILIO_AUTH_TOKEN}")
        handle.setopt(pycurl.USERAGENT, settings.PRODUCT_NAME)
        handle.setopt(pycurl.HTTPHEADER, ["Expect:", "Accept: application/json", _FORM])
        handle.setopt(pycurl.WRITEFUNCTION, self._answer.extend)

    def begin(self, outgoing: Outgoing) -> None:
        """Make it ready for one text."""
        self.carry(outgoing, _form_of(outgoing))
        self._answer.clear()

    def ended(self, error: int) -> Ended:
        """What curl's `error` (0: none) and the answer prove."""
        if error:
            return self._from_error(error)
        status = self.handle.getinfo(pycurl.RESPONSE_CODE)
        if status == 429:
            wait = self.handle.getinfo(pycurl.RETRY_AFTER)
            return too_many(timedelta(seconds=min(wait, _LONGEST_RETRY_SECONDS)) if wait else None)
        told = _told(bytes(self._answer))
        if not 200 <= status < 300:
            return from_answer(status, _code_of(told))
        sid = told.get("sid")
        if not isinstance(sid, str) or not sid:
            return OutcomeUnknown("The text provider's answer could not be read.")
        return Accepted(provider_id=sid, at=timezone.now())

    def _from_error(self, error: int) -> Ended:
        timed_out_connecting = error in {
            pycurl.E_OPERATION_TIMEDOUT,
            pycurl.E_SSL_CONNECT_ERROR,
        } and not self.handle.getinfo(pycurl.REQUEST_SIZE)
        if error in _NEVER_LEFT or timed_out_connecting:
            return NotReached("The text provider could not be reached.")
        return OutcomeUnknown("The connection was lost; the text may or may not have been taken.")


class TwilioBulkGateway(CallingGateway[_Call]):
    """`base.BulkGateway` for texts."""

    def begin(self, outgoing: Outgoing) -> _Call:
        """As `CallingGateway` has it; outside production only invented numbers are dialled."""
        if not may_dial(outgoing.to):
            raise not_dialled()
        call = self.spare.pop() if self.spare else _Call()
        call.begin(outgoing)
        return call

    def ended(self, call: _Call, error: int) -> Ended:
        """As the official client would have ended it."""
        return call.ended(error)


_FORM = "Content-Type: application/x-www-form-urlencoded"


def _form_of(outgoing: Outgoing) -> bytes:
    kept = _kept_form(
        outgoing.sender, outgoing.body, outgoing.validity_seconds, settings.TWILIO_DISCARD_CONTENT
    )
    form = f"To={_quoted(outgoing.to)}&{kept}"
    if outgoing.status_callback:
        # All of a broadcast differ in what comes last alone.
        head, mark, last = outgoing.status_callback.rpartition("=")
        form += f"&StatusCallback={_kept_quoted(head + mark)}{_quoted(last)}"
    return form.encode()


def _quoted(value: str) -> str:
    """As `quote_plus` has it; a number or a reference needs no look at each of its letters."""
    plain = value.removeprefix("+")
    if plain.isascii() and plain.replace("-", "").isalnum():
        return f"%2B{plain}" if value[:1] == "+" else plain
    return quote_plus(value)


@lru_cache(maxsize=16)
def _kept_quoted(value: str) -> str:
    return quote_plus(value)


@lru_cache(maxsize=64)
def _kept_form(sender: str, body: str, validity_seconds: int | None, _discards: bool) -> str:
    """What all texts of a broadcast have in common, second by second."""
    common = Outgoing("", "", body, sender=sender, validity_seconds=validity_seconds)
    given = parameters_of(common)
    return urlencode({name: _spelt(given[key]) for key, name in _NAMES.items() if key in given})


def _spelt(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _told(answer: bytes) -> dict[str, Any]:
    try:
        told = json.loads(answer)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _code_of(told: dict[str, Any]) -> int:
    code = told.get("code")
    return code if isinstance(code, int) else 0
