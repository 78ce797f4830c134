"""A partner's endpoint, and a system that has been signed up and has answered."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from django.utils import timezone
from standardwebhooks import Webhook

from alerts.audience import services
from alerts.audience.models import PartnerSystem
from alerts.audience.signing_secrets import FIRST, secret_of
from foundation.places.models import Area
from tests.alerts.audience.conftest import link_sent

CONTACT = "systems@buses.test"


class Endpoint(HTTPServer):
    """Gives challenges back while `answers`, keeps what it was told, and answers alerts with `status`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers, self.status = True, 200
        self.pause = 0.0  # seconds before each letter of an answer
        self.told: list[tuple[dict[str, str], bytes]] = []
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/alerts"

    def read(self, secret: str) -> list[dict[str, Any]]:
        """What it was told, each with a signature by `secret`. Raises `WebhookVerificationError`."""
        return [Webhook(secret).verify(body, headers) for headers, body in self.told]


class _Handler(BaseHTTPRequestHandler):
    server: Endpoint

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.told.append((headers, body))
        told = json.loads(body)
        is_challenge = told["type"] == "alerts.challenge"
        given = told["data"] if is_challenge and self.server.answers else {}
        answer = json.dumps({"challenge": given.get("challenge", "no")}).encode()
        self.send_response(200 if is_challenge else self.server.status)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        for letter in answer if self.server.pause else ():
            time.sleep(self.server.pause)
            self.wfile.write(bytes([letter]))
        if not self.server.pause:
            self.wfile.write(answer)

    def log_message(self, format: str, *args: Any) -> None:
        return


def ask(url: str, areas: list[Area], *, contact: str = CONTACT, language: str = "en") -> Any:
    """Somebody signs a system up; nobody has confirmed it."""
    return services.begin_system(
        name="Northborough Buses",
        endpoint=url,
        contact=contact,
        area_ids=[area.pk for area in areas],
        language=language,
        consent="web test",
    )


def confirm(link: str = "") -> str:
    """Its contact presses the button, of the newest link; returns the secret that the page shows."""
    token = (link or link_sent()).rstrip("/").rpartition("/")[2]
    from alerts.audience.links import hash_of

    secret = secret_of(token, FIRST)
    assert services.confirm_contact(token_hash=hash_of(token), secret=secret) is not None
    return secret


def join(endpoint: Endpoint, areas: list[Area], *, path: str = "") -> tuple[PartnerSystem, str]:
    """A system that has answered, and its secret."""
    assert ask(f"{endpoint.url}{path}", areas) is not None
    secret = confirm()
    assert services.ask_systems(now=timezone.now()) == 1
    return PartnerSystem.objects.latest("pk"), secret
