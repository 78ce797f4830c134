"""One call as curl makes it: to a public address only, verified, bounded in time and size."""

from __future__ import annotations

import io
import socket
from functools import lru_cache
from typing import Any

import certifi
import pycurl
from django.conf import settings

from foundation.calling.types import Answer, Call, CallFailed
from foundation.messaging.gateways.outside import NotAllowed, is_public, judged

_CODES = {
    pycurl.E_COULDNT_RESOLVE_HOST: "no_such_host",
    pycurl.E_COULDNT_CONNECT: "no_connection",
    pycurl.E_OPERATION_TIMEDOUT: "no_answer",
    pycurl.E_SSL_CONNECT_ERROR: "no_connection",
    pycurl.E_PEER_FAILED_VERIFICATION: "not_trusted",
}


class Transfer:
    """One call under way on one handle; `answer` or `failure` once it has ended."""

    def __init__(self, handle: Any, call: Call, *, timeout: float, allowed: frozenset[str]) -> None:
        """Raises `CallFailed` where the address may not be called."""
        self.handle = handle
        self._head, self._body = io.BytesIO(), bytearray()
        self._refused = self._too_large = False
        self._most_bytes = call.most_bytes
        self._trusted = _checked(call.url, allowed)
        self._set_up(call, int(timeout * 1000))

    def _set_up(self, call: Call, milliseconds: int) -> None:
        handle = self.handle
        handle.setopt(pycurl.URL, call.url)
        schemes = pycurl.PROTO_HTTPS | (pycurl.PROTO_HTTP if self._trusted else 0)
        handle.setopt(pycurl.PROTOCOLS, schemes)
        # The address that is connected to is the one that is judged: nothing is looked up a second time.
        handle.setopt(pycurl.OPENSOCKETFUNCTION, self._open)
        handle.setopt(pycurl.PROXY, "")
        handle.setopt(pycurl.CAINFO, certifi.where())
        handle.setopt(pycurl.NOSIGNAL, 1)
        handle.setopt(pycurl.TIMEOUT_MS, milliseconds)
        handle.setopt(pycurl.CONNECTTIMEOUT_MS, milliseconds)
        handle.setopt(pycurl.USERAGENT, settings.PRODUCT_NAME)
        handle.setopt(pycurl.HEADERFUNCTION, self._head.write)
        handle.setopt(pycurl.WRITEFUNCTION, self._write)
        # Without "Expect" a body goes with its head, not after a pause.
        lines = [f"{name}: {value}" for name, value in call.headers.items()]
        handle.setopt(pycurl.HTTPHEADER, [*lines, "Expect:"])
        if call.body or call.method == "POST":
            handle.setopt(pycurl.POSTFIELDS, call.body)
        if call.method not in {"GET", "POST"}:
            handle.setopt(pycurl.CUSTOMREQUEST, call.method)

    def _open(self, _purpose: int, address: Any) -> Any:
        """The socket of a connection that may be opened. curl gives up, or takes the next address, else."""
        if not self._trusted and not is_public(str(address.addr[0])):
            self._refused = True
            return pycurl.SOCKET_BAD
        return socket.socket(address.family, address.socktype, address.protocol)

    def _write(self, data: bytes) -> int:
        if len(self._body) + len(data) > self._most_bytes:
            self._too_large = True
            return -1
        self._body += data
        return len(data)

    @property
    def answer(self) -> Answer:
        """What came back whole."""
        return Answer(
            int(self.handle.getinfo(pycurl.RESPONSE_CODE)), _headers(self._head.getvalue()), bytes(self._body)
        )

    def failure(self, number: int) -> CallFailed:
        """What curl's error `number` means for whoever called."""
        if self._refused:
            return CallFailed("not_allowed", permanent=True)
        if self._too_large:
            return CallFailed("too_large", unknown=True)
        # Without a byte of it sent nobody can have taken it.
        begun = self.handle.getinfo(pycurl.REQUEST_SIZE) > 0
        return CallFailed(_CODES.get(number, "no_answer"), unknown=begun)


@lru_cache(maxsize=1024)
def _checked(url: str, allowed: frozenset[str]) -> bool:
    """Whether the host is one of ours that may lie inside. Raises `CallFailed`."""
    try:
        return judged(url, allowed=allowed)[1]
    except NotAllowed:
        raise CallFailed("not_allowed", permanent=True) from None


def _headers(head: bytes) -> dict[str, str]:
    """The last block: what came before it was an interim answer."""
    block = head.decode("latin-1").rstrip().rpartition("\r\n\r\n")[2]
    pairs = (line.partition(":") for line in block.split("\r\n")[1:])
    return {name.strip().lower(): value.strip() for name, _, value in pairs}
