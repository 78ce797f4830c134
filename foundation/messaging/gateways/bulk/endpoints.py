"""Many requests to addresses that strangers gave, at once over kept connections, by curl.

Whichever host it is, the address that is connected to is the one that is judged: nothing leads inside.
One host that asks to be left alone is left alone, by this process, and keeps nobody from the others.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Collection
from datetime import timedelta
from typing import Any

import pycurl
from django.conf import settings

from foundation.messaging.gateways import web_push, webhook
from foundation.messaging.gateways.base import AddressBusy, NotAccepted, Outgoing
from foundation.messaging.gateways.bulk.base import Ended
from foundation.messaging.gateways.bulk.calls import Call, CallingGateway
from foundation.messaging.gateways.outside import NotAllowed, is_public, judged
from foundation.messaging.gateways.web_push import Dressed

# What a stranger's server says beside its status is of no use to us.
_MOST_BYTES = 100_000


class EndpointBulkGateway(CallingGateway["_Call"]):
    """`base.BulkGateway` for one kind of endpoint."""

    allowed: Collection[str] = ()
    timeout = 10.0

    def __init__(self) -> None:
        super().__init__()
        self._rest_until: dict[str, float] = {}

    def dress(self, outgoing: Outgoing) -> Dressed:
        """The request of one. Raises `NotAccepted`."""
        raise NotImplementedError

    def judge(self, outgoing: Outgoing, status: int, retry_after: str) -> Ended:
        """What an answer means."""
        raise NotImplementedError

    def no_answer(self) -> Ended:
        """What silence means."""
        raise NotImplementedError

    def begin(self, outgoing: Outgoing) -> _Call:
        """As `CallingGateway` has it; a host that rests is not called."""
        request = self.dress(outgoing)
        host, trusted = _checked(request.url, self.allowed)
        rest = self._rest_until.get(host, 0.0) - time.monotonic()
        if rest > 0:
            raise AddressBusy("It asked to be left alone.", retry_after=timedelta(seconds=rest), code="rests")
        call = self.spare.pop() if self.spare else _Call(self.timeout)
        call.begin(outgoing, request, host, is_trusted=trusted)
        return call

    def ended(self, call: _Call, error: int) -> Ended:
        """As `CallingGateway` has it; a host that asks for it rests."""
        if error and call.is_refused:
            return not_allowed()
        status = call.handle.getinfo(pycurl.RESPONSE_CODE)
        if error and error != pycurl.E_WRITE_ERROR:  # that is ours: it had answered, at length
            return self.no_answer()
        wait = call.handle.getinfo(pycurl.RETRY_AFTER)
        ended = self.judge(call.outgoing, status, str(wait) if wait else "")
        if isinstance(ended, AddressBusy) and ended.retry_after:
            self._rest_until[call.host] = time.monotonic() + ended.retry_after.total_seconds()
        return ended


def not_allowed() -> NotAccepted:
    """The address lies inside, is not HTTPS, or is no address at all."""
    return NotAccepted("The address may not be called.", permanent=True, code="not_allowed")


def _checked(url: str, allowed: Collection[str]) -> tuple[str, bool]:
    """The host, and whether it is one of ours that may lie inside. Raises `NotAccepted`."""
    try:
        parts, trusted = judged(url, allowed=allowed)
    except NotAllowed:
        raise not_allowed() from None
    return parts.netloc, trusted


class _Call(Call):
    """A call to an address that is judged as its connection is opened."""

    def __init__(self, timeout: float) -> None:
        super().__init__(timeout)
        self._is_trusted = self.is_refused = False
        self._heard = 0
        self.handle.setopt(pycurl.PROXY, "")
        self.handle.setopt(pycurl.WRITEFUNCTION, self._hear)
        self.handle.setopt(pycurl.OPENSOCKETFUNCTION, self._open)

    def _hear(self, data: bytes) -> int:
        self._heard += len(data)
        return len(data) if self._heard <= _MOST_BYTES else -1

    def _open(self, _purpose: int, address: Any) -> Any:
        """The socket of a connection that may be opened. curl takes the next address, or gives up, else."""
        if not self._is_trusted and not is_public(str(address.addr[0])):
            self.is_refused = True
            return pycurl.SOCKET_BAD
        return socket.socket(address.family, address.socktype, address.protocol)

    def begin(self, outgoing: Outgoing, request: Dressed, host: str, *, is_trusted: bool) -> None:
        """Make it ready for one request."""
        self.carry(outgoing, request.body)
        self.host, self._heard = host, 0
        self._is_trusted, self.is_refused = is_trusted, False
        schemes = pycurl.PROTO_HTTPS | (pycurl.PROTO_HTTP if is_trusted else 0)
        self.handle.setopt(pycurl.PROTOCOLS, schemes)
        self.handle.setopt(pycurl.URL, request.url)
        lines = [f"{name}: {value}" for name, value in request.headers.items()]
        self.handle.setopt(pycurl.HTTPHEADER, [*lines, "Expect:"])


class WebPushBulkGateway(EndpointBulkGateway):
    """Pushes to browsers."""

    def __init__(self) -> None:
        super().__init__()
        self.allowed, self.timeout = settings.PUSH_ALLOWED_HOSTS, settings.PUSH_TIMEOUT

    def dress(self, outgoing: Outgoing) -> Dressed:
        """Sealed for its browser."""
        return web_push.dressed(outgoing)

    def judge(self, outgoing: Outgoing, status: int, retry_after: str) -> Ended:
        """As for a single one."""
        return web_push.judged(outgoing, status, retry_after)

    def no_answer(self) -> Ended:
        """As for a single one."""
        return web_push.no_answer()


class WebhookBulkGateway(EndpointBulkGateway):
    """Signed webhooks to partners' systems."""

    def __init__(self) -> None:
        super().__init__()
        self.allowed, self.timeout = settings.WEBHOOK_ALLOWED_HOSTS, settings.WEBHOOK_TIMEOUT

    def dress(self, outgoing: Outgoing) -> Dressed:
        """Signed with the secrets of whom it goes to."""
        headers, body = webhook.dressed(outgoing)
        return Dressed(outgoing.to, headers, body)

    def judge(self, outgoing: Outgoing, status: int, retry_after: str) -> Ended:
        """As for a single one; but one system that is busy or gone says nothing of the others."""
        return webhook.judged_among_many(outgoing, status, retry_after)

    def no_answer(self) -> Ended:
        """As for a single one."""
        return webhook.no_answer()
