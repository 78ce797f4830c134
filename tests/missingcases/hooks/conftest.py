"""A receiver in a process of its own, and an address of the Met's that points at it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from foundation.messaging import services as messaging
from foundation.messaging.enums import MessageStatus
from foundation.messaging.models import Message
from missingcases.hooks import services as hooks
from missingcases.hooks.enums import CHOICES
from missingcases.hooks.models import Endpoint
from tests.processes import wait_until

ALL = [value for value, _ in CHOICES]
PROGRAM = Path(__file__).with_name("receiver.py")


@dataclass
class Receiver:
    """What the other process was told, and what it answers from now on."""

    folder: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{(self.folder / 'port').read_text()}/in"

    def answers(self, status: int) -> None:
        (self.folder / "status").write_text(str(status))

    @property
    def got(self) -> list[tuple[dict[str, str], str]]:
        kept = self.folder / "got"
        lines = [json.loads(line) for line in kept.read_text().splitlines()] if kept.exists() else []
        return [(one["headers"], one["body"]) for one in lines]

    @property
    def told(self) -> list[str]:
        return [json.loads(body)["type"] for _, body in self.got]


@pytest.fixture
def receiver(tmp_path, settings) -> Iterator[Receiver]:
    settings.WEBHOOK_ALLOWED_HOSTS = ["127.0.0.1"]
    process = subprocess.Popen([sys.executable, str(PROGRAM), str(tmp_path)])
    try:
        wait_until((tmp_path / "port").exists, "the receiver listens")
        yield Receiver(tmp_path)
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def endpoint(receiver, met_administrator) -> Endpoint:
    return hooks.add_endpoint(actor=met_administrator.actor, url=receiver.url, types=ALL)


def send_all() -> int:
    """Send every webhook that is queued, due or not; returns how many were tried."""
    queued = Message.objects.filter(service="webhooks", status=MessageStatus.QUEUED)
    ids = list(queued.order_by("pk").values_list("pk", flat=True))
    queued.update(next_attempt_at="2020-01-01T00:00Z")
    for pk in ids:
        messaging.send_one(message_id=pk)
    return len(ids)
