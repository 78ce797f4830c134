"""A force's website, as a real server whose pages a test writes."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from appeals.models import FragmentCheck
from appeals.services import fragments
from foundation.accounts.enums import Role
from tests.cast import Member, member


@dataclass
class Page:
    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


class Website(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages: dict[str, Page] = {}
        self.asked: list[str] = []
        # Closed, every answer waits.
        self.gate = threading.Event()
        self.gate.set()
        self.url = f"http://127.0.0.1:{self.server_address[1]}"

    def show(self, body: str, path: str = "/appeals", **given: Any) -> str:
        """Put a page there; its address."""
        self.pages[path] = Page(body.encode(), **given)
        return f"{self.url}{path}"


class _Handler(BaseHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Silent."""

    def do_GET(self) -> None:
        server: Any = self.server
        server.asked.append(self.path)
        server.gate.wait(10)
        page = server.pages.get(self.path) or Page(b"No such page", 404)
        self.send_response(page.status)
        given = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(page.body))}
        for name, value in (given | page.headers).items():
            self.send_header(name, value)
        self.end_headers()
        with contextlib.suppress(OSError):  # who asked has read enough
            self.wfile.write(page.body)


@pytest.fixture
def website() -> Iterator[Website]:
    server = Website()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield server
    server.gate.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(website: Website, met_inspector) -> FragmentCheck:
    """On the list; what it shows is the test's."""
    actor = met_inspector.actor
    address = f"{website.url}/appeals"
    return fragments.add_page(actor=actor, organisation_id=actor.organisation_id, url=address)


@pytest.fixture
def other_inspector(kent) -> Member:
    """Of a force that the page is none of."""
    return member("inspector@kent.example", "Una Marsh", kent, Role.POLICE_INSPECTOR)
