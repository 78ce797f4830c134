"""A force's web server that answers as a test says, over real HTTP, and keeps what it was asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class ForceServer:
    """`answers` of the feed: body, status and headers; `before` is called while a reader waits."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0
    asked: list[dict[str, str]] = field(default_factory=list)
    before: Callable[[], None] | None = None

    def __post_init__(self) -> None:
        mine = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                mine.asked.append({name.lower(): value for name, value in self.headers.items()})
                if mine.before is not None:
                    mine.before()
                time.sleep(mine.seconds)
                status, body = mine.status, mine.body
                if status == 200 and mine.headers.get("ETag", "-") == self.headers.get("If-None-Match"):
                    status, body = 304, b""
                self.send_response(status)
                for name, value in mine.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                try:
                    self.wfile.write(body)
                except OSError:
                    return  # the reader went away

            def log_message(self, *_: object) -> None:
                """Silent."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/appeals"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        """Nobody answers any more at its address."""
        self._server.shutdown()
        self._server.server_close()
