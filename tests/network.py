"""A phone's network, in a real browser: a line of its own to the site, which can be cut."""

from __future__ import annotations

import contextlib
import socket
import socketserver
from collections.abc import Iterator
from threading import Lock, Thread
from typing import Any
from urllib.parse import urlsplit


class Network:
    """Carries bytes between a browser and a site. While it is cut nothing passes, from no window.

    A browser that is only told to be offline learns of it window by window, and forgets it as one closes.
    """

    def __init__(self, site: str) -> None:
        parts = urlsplit(site)
        self._site = (str(parts.hostname), int(parts.port or 80))
        self._server = _Server(("127.0.0.1", 0), self)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._is_cut = False
        self._lock = Lock()
        self._open: set[socket.socket] = set()
        Thread(target=self._server.serve_forever, daemon=True).start()

    def cut(self, context: Any) -> None:
        """Nothing of this browser arrives from now on, and it is told that it is offline."""
        context.set_offline(True)
        with self._lock:
            self._is_cut = True
        self._hang_up()

    def bring_back(self, context: Any) -> None:
        """The network is there again."""
        with self._lock:
            self._is_cut = False
        context.set_offline(False)

    def close(self) -> None:
        """End it, with what is open."""
        self._server.shutdown()
        self._server.server_close()
        self._hang_up()

    def carry(self, browser: socket.socket) -> None:
        """One connection, until either side or the cut ends it."""
        with contextlib.suppress(OSError), socket.create_connection(self._site) as site:
            with self._lock:
                if self._is_cut:
                    return
                self._open |= {browser, site}
            back = Thread(target=_pour, args=(site, browser), daemon=True)
            back.start()
            _pour(browser, site)
            back.join()
            with self._lock:
                self._open -= {browser, site}

    def _hang_up(self) -> None:
        with self._lock:
            for one in self._open:
                _end(one)


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], network: Network) -> None:
        self.network = network
        super().__init__(address, _Connection)


class _Connection(socketserver.BaseRequestHandler):
    server: _Server

    def handle(self) -> None:
        self.server.network.carry(self.request)


def _pour(source: socket.socket, into: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while part := source.recv(65536):
            into.sendall(part)
    _end(source)
    _end(into)


def _end(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def network_to(site: str) -> Iterator[Network]:
    """A line to a site, for as long as the block lasts."""
    network = Network(site)
    try:
        yield network
    finally:
        network.close()
