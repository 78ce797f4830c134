"""A server that answers as a test asks by the address, in threads of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        """Silent."""

    def _answer(self) -> None:
        server: Any = self.server
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        server.seen.append((self.command, self.path, dict(self.headers), body, self.client_address[1]))
        what, _, value = self.path.strip("/").partition("/")
        if what == "late":
            time.sleep(float(value))
        if what == "cut":
            self.connection.close()
            return
        said = b"x" * int(value) if what == "large" else body or b'{"fine": true}'
        self.send_response(int(value) if what == "status" else 200)
        self.send_header("Content-Length", str(len(said)))
        if what == "status":
            self.send_header("Retry-After", "7")
            self.send_header("Location", "/elsewhere")
        self.end_headers()
        self.wfile.write(said)

    do_GET = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815 - the library's names


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.seen: list[tuple[str, str, dict[str, str], bytes, int]] = []
        self.url = f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that was cut is what the test asked for."""


@contextmanager
def serving() -> Iterator[Server]:
    """The server, until the test is over."""
    server = Server()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
