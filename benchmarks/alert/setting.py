"""The scene of every measurement: a stub provider, an audience, a worker of ours as a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from datetime import timedelta
from typing import IO, Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from benchmarks.alert import audience
from foundation.actors import Actor
from foundation.messaging.models import Broadcast, Line
from foundation.messaging.services import broadcast as broadcasts
from foundation.messaging.switchboard import ALWAYS
from foundation.messaging.types import Part
from launcher import children, ports
from tests.processes import ROOT, wait_until

ANSWERS_AFTER_SECONDS = 0.05
UNPACED = 1_000_000
BODY = "CHILD RESCUE ALERT. " + "Alex, 9, red coat, last seen in Leeds. Call 999 if you see him. " * 2
BENCH = Actor.system("bench")


class Stub:
    """The provider as a process, and what it counted."""

    def __init__(self) -> None:
        self.port = ports.pick()
        self.url = f"http://127.0.0.1:{self.port}"
        argv = ["-m", "benchmarks.alert.stub", str(self.port), str(ANSWERS_AFTER_SECONDS)]
        self._process = start(*argv)
        wait_until(lambda: ports.answers(self.port), "the stub provider")
        settings.TWILIO_BASE_URL = os.environ["TWILIO_BASE_URL"] = self.url

    def counts(self) -> dict[str, Any]:
        """What has arrived since it was told to forget."""
        return self._ask("counts")

    def forget(self) -> None:
        """Begin anew."""
        self._ask("forget")

    def break_(self, fault: str, many: float) -> None:
        """Turn so many away ("busy"), hang up on so many ("cut"), or be "away" for so many seconds."""
        self._ask(f"{fault}/{many:g}")

    def arrival_of(self, reference: str) -> float:
        """When the first text of that broadcast arrived; waits for it."""
        wait_until(lambda: self._ask(f"first/{reference}")["at"] is not None, "its first text")
        return float(self._ask(f"first/{reference}")["at"])

    def _ask(self, what: str) -> dict[str, Any]:
        with urllib.request.urlopen(f"{self.url}/{what}", timeout=60) as answer:
            told: dict[str, Any] = json.load(answer)
        return told

    def stop(self) -> None:
        """End the process."""
        self._process.terminate()
        self._process.wait(10)


def start(*argv: str, **env: str) -> subprocess.Popen[str]:
    """A process of this Python that ends with us and prints to a pipe."""
    return subprocess.Popen(
        [sys.executable, *argv],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, **env},
        preexec_fn=children.bound_to_us(),  # noqa: PLW1509 - nothing runs beside us yet
    )


def line(per_second: int, *, kept_back: int = 0) -> Line:
    """The one line, at this pace."""
    Line.objects.all().delete()
    return Line.objects.create(name="sms", channel="sms", per_second=per_second, kept_back=kept_back)


def begin(parts: list[Part], *, lane: str = "alert") -> Broadcast:
    """A broadcast to these parts."""
    return broadcasts.begin_to_audience(
        actor=BENCH,
        channel="sms",
        lane=lane,
        service="bench",
        owner=("bench.Alert", time.time_ns()),
        guard=ALWAYS,
        body=BODY,
        valid_until=timezone.now() + timedelta(hours=9),
        audience=audience.NAME,
        parts=parts,
    )


def clear() -> None:
    """No broadcast of an earlier measurement is left running."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE messaging_delivery, messaging_broadcastpart, messaging_broadcast CASCADE")


class Worker:
    """One worker process that sends a lane's broadcasts once it is told to; used in a `with`."""

    def __init__(self, lane: str = "alert", *, seconds: float = 3600, connections: int = 512) -> None:
        self._process = start(
            "-m", "benchmarks.alert.worker", lane, str(seconds), BULK_CONNECTIONS=str(connections)
        )
        self._said().readline()

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()

    def go(self) -> None:
        """Let it begin."""
        assert self._process.stdin is not None
        self._process.stdin.write("go\n")
        self._process.stdin.flush()

    def told(self) -> dict[str, Any]:
        """Wait until it is through; what it says of itself."""
        told: dict[str, Any] = json.loads(self._said().readline())
        return told

    def _said(self) -> IO[str]:
        assert self._process.stdout is not None
        return self._process.stdout
