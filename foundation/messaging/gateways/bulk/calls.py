"""Many requests at once over kept connections, by curl: what gateways that call by HTTP have in common."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Generic, TypeVar

import certifi
import pycurl
from django.conf import settings

from foundation.calling.loop import Loop
from foundation.messaging.gateways.base import NotAccepted, Outgoing
from foundation.messaging.gateways.bulk.base import Ended, Work

# After so many are begun, curl sends them before more are made ready.
_BEGUN_TOGETHER = 32
_LONGEST_WAIT_SECONDS = 0.5


class Call:
    """One curl handle, set up once and used again for each request."""

    def __init__(self, timeout: float) -> None:
        self.handle = handle = pycurl.Curl()
        self._body = b""
        handle.setopt(pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_1_1)
        handle.setopt(pycurl.CAINFO, certifi.where())
        handle.setopt(pycurl.NOSIGNAL, 1)
        handle.setopt(pycurl.TIMEOUT_MS, int(timeout * 1000))
        handle.setopt(pycurl.CONNECTTIMEOUT_MS, int(timeout * 1000))
        handle.setopt(pycurl.POST, 1)
        # Where a kept connection dies curl would send a body that it holds once more by itself, and somebody
        # would get it twice. One that it has to read, and cannot read twice, it does not.
        handle.setopt(pycurl.READFUNCTION, self._read)

    def carry(self, outgoing: Outgoing, body: bytes) -> None:
        """Make it ready for one request."""
        self.outgoing = outgoing
        self._body = body
        self.handle.setopt(pycurl.POSTFIELDSIZE, len(body))

    def _read(self, most: int) -> bytes:
        part, self._body = self._body[:most], self._body[most:]
        return part


C = TypeVar("C", bound=Call)


class CallingGateway(Generic[C]):
    """`base.BulkGateway` by curl. For one thread: curl's loop belongs to it."""

    def __init__(self) -> None:
        self._most = settings.BULK_CONNECTIONS
        self._loop = Loop(most_at_once=self._most)
        self.spare: list[C] = []

    def begin(self, outgoing: Outgoing) -> C:
        """A call ready to be made. Raises `NotAccepted` for what is not sent."""
        raise NotImplementedError

    def ended(self, call: C, error: int) -> Ended:
        """What curl's `error` (0: none) and the answer prove."""
        raise NotImplementedError

    def send_many(self, work: Work) -> Iterator[tuple[Outgoing, Ended]]:
        """Up to so many under way as there may be connections."""
        under_way: dict[Any, C] = {}
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
                try:
                    call = self.begin(given)
                except NotAccepted as refused:
                    yield given, refused
                    continue
                under_way[call.handle] = call
                self._loop.multi.add_handle(call.handle)
            else:
                pause = 0.0
            self._loop.turn(pause if not is_over else _LONGEST_WAIT_SECONDS)
            for handle, error in self._loop.ended():
                call = under_way.pop(handle)
                self._loop.multi.remove_handle(handle)
                self.spare.append(call)
                yield call.outgoing, self.ended(call, error)
