"""Texts through Twilio, many at once over kept connections, by curl; each ends as by the official client."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import quote_plus, urlencode

import certifi
import pycurl
from django.conf import settings
from django.utils import timezone

from foundation.calling.loop import Loop
from foundation.messaging.gateways.base import Accepted, NotReached, OutcomeUnknown, Outgoing
from foundation.messaging.gateways.bulk.base import Ended, Work
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
# After so many are begun, curl sends them before more are made ready.
_BEGUN_TOGETHER = 32
_LONGEST_WAIT_SECONDS = 0.5
_LONGEST_RETRY_SECONDS = 600


class TwilioBulkGateway:
    """`base.BulkGateway` for texts. For one thread: curl's loop belongs to it."""

    def __init__(self) -> None:
        self._most = settings.BULK_CONNECTIONS
        self._loop = Loop(most_at_once=self._most)
        self._spare: list[_Call] = []

    def send_many(self, work: Work) -> Iterator[tuple[Outgoing, Ended]]:
        """Up to so many under way as there may be connections."""
        under_way: dict[Any, _Call] = {}
        is_over = False
        while under_way or not is_over:
            pause = _LONGEST_WAIT_SECONDS
            for _ in range(_BEGUN_TOGETHER):
                if is_over or len(under_way) >= self._most:
                    break
                given = next(work, None)
                if not isinstance(given, Outgoing):
                    is_over, pause = given is None, given or 0.0
                    break
                if not may_dial(given.to):
                    yield given, not_dialled()
                    continue
                call = self._spare.pop() if self._spare else _Call()
                call.begin(given)
                under_way[call.handle] = call
                self._loop.multi.add_handle(call.handle)
            else:
                pause = 0.0
            self._loop.turn(pause if not is_over else _LONGEST_WAIT_SECONDS)
            for handle, error in self._loop.ended():
                call = under_way.pop(handle)
                self._loop.multi.remove_handle(handle)
                self._spare.append(call)
                yield call.outgoing, call.ended(error)


class _Call:
    """One curl handle, set up once and used again for each text."""

    def __init__(self) -> None:
        self.handle = handle = pycurl.Curl()
        self._answer = bytearray()
        self._form = b""
        base = settings.TWILIO_BASE_URL.rstrip("/")
        path = f"/2010-04-01/Accounts/{settings.TWILIO_ACCOUNT_SID}/Messages.json"
        handle.setopt(pycurl.URL, f"{base or MESSAGES_HOST}{path}")
        handle.setopt(pycurl.PROTOCOLS, pycurl.PROTO_HTTPS | (pycurl.PROTO_HTTP if base else 0))
        if base:  # a machine's proxy is for the world outside, not for the stand-in beside us
            handle.setopt(pycurl.PROXY, "")
        handle.setopt(pycurl.USERPWD, f"{settings.TWILIO_ACCOUNT_SID}:{settings.TWILIO_AUTH_TOKEN}")
        handle.setopt(pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_1_1)
        handle.setopt(pycurl.CAINFO, certifi.where())
        handle.setopt(pycurl.NOSIGNAL, 1)
        handle.setopt(pycurl.TIMEOUT_MS, int(settings.TWILIO_TIMEOUT * 1000))
        handle.setopt(pycurl.CONNECTTIMEOUT_MS, int(settings.TWILIO_TIMEOUT * 1000))
        handle.setopt(pycurl.USERAGENT, settings.PRODUCT_NAME)
        handle.setopt(pycurl.HTTPHEADER, ["Expect:", "Accept: application/json", _FORM])
        handle.setopt(pycurl.WRITEFUNCTION, self._answer.extend)
        handle.setopt(pycurl.POST, 1)
        # Where a kept connection dies curl would send a form that it holds once more by itself, and somebody
        # would get two texts. One that it has to read, and cannot read twice, it does not.
        handle.setopt(pycurl.READFUNCTION, self._read)

    def _read(self, most: int) -> bytes:
        part, self._form = self._form[:most], self._form[most:]
        return part

    def begin(self, outgoing: Outgoing) -> None:
        """Make it ready for one text."""
        self.outgoing = outgoing
        self._form = _form_of(outgoing)
        self._answer.clear()
        self.handle.setopt(pycurl.POSTFIELDSIZE, len(self._form))

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
