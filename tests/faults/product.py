"""The product's own processes, as a fault needs them."""

from __future__ import annotations

import re
from typing import Any

import psycopg2
from django.db import connection

from foundation.sandbox.control import Control
from launcher import ports
from tests.faults.flood import Flood
from tests.processes import Processes, wait_until

# How long our side waits for the provider here: longer than a slow answer that is to be heard.
PATIENCE_SECONDS = 8
TEXT_LANES = ("urgent", "normal")


class Product:
    """Provider, public site, a worker for each lane that texts use, and beat, on this test's servers."""

    def __init__(self, processes: Processes, settings: Any) -> None:
        self.processes = processes
        self.public_port = ports.pick()
        provider_port, mail_port = ports.pick(), ports.pick()
        public, provider = f"http://127.0.0.1:{self.public_port}", f"http://127.0.0.1:{provider_port}"
        processes.env = {
            "PUBLIC_BASE_URL": public,
            "TWILIO_BASE_URL": provider,
            "EMAIL_PORT": str(mail_port),
            "TWILIO_TIMEOUT": str(PATIENCE_SECONDS),
            "SANDBOX_PACE": "0.02",
        }
        for name in ("PUBLIC_BASE_URL", "TWILIO_BASE_URL"):
            setattr(settings, name, processes.env[name])
        settings.EMAIL_PORT = mail_port
        self.provider: Control = processes.provider(port=provider_port)

    def start(self, *, concurrency: int = 2) -> None:
        """Everything that takes a text from its row to its receipt."""
        self.start_public()
        self.processes.beat()
        self.start_workers(concurrency=concurrency)

    def start_public(self) -> None:
        """The site that receipts come to."""
        self.processes.web("public", "config.public_urls", port=self.public_port)

    def start_workers(self, *, concurrency: int = 2, patience_seconds: int = PATIENCE_SECONDS) -> None:
        """Start (again) the workers that texts go through."""
        for lane in TEXT_LANES:
            self.processes.worker(lane, concurrency=concurrency, TWILIO_TIMEOUT=str(patience_seconds))
        self.processes.wait_for_workers(*TEXT_LANES)

    def kill_workers(self) -> int:
        """kill -9 all of them; returns how many."""
        for lane in TEXT_LANES:
            self.processes.kill(f"worker-{lane}")
        return len(TEXT_LANES)

    def check_alive(self) -> None:
        """Fail where one of the processes has ended by itself."""
        for name in self.processes.running:
            self.processes.check_alive(name)

    def taken_of(self, flood: Flood) -> int:
        """How many texts of the flood the provider has taken."""
        ours = set(flood.messages.values_list("reference", flat=True))
        return sum(text["reference"] in ours for text in self.provider.texts())

    def wait_until_taken(self, flood: Flood, *, at_least: int = 1, seconds: float = 180) -> None:
        """Until the provider has taken so many of them."""
        wait_until(lambda: self.taken_of(flood) >= at_least, f"{at_least} to be taken", seconds=seconds)

    def callbacks_refused(self) -> int:
        """How many callbacks the public site has turned away."""
        return len(re.findall(r'"POST /webhooks/\S+ HTTP/1.1" 403', self.processes.log("public")))


class Hold:
    """A transaction of somebody else's that keeps a table or rows locked, so that workers stop there."""

    def __init__(self, url: str, statement: str) -> None:
        self._url, self._statement = url, statement

    def __enter__(self) -> Hold:
        self._link = psycopg2.connect(self._url)
        with self._link.cursor() as cursor:
            cursor.execute(self._statement)
        return self

    def __exit__(self, *_: object) -> None:
        self._link.rollback()
        self._link.close()

    def wait_for_waiting(self, what: str, *, at_least: int = 1, seconds: float = 180) -> int:
        """Until so many others wait for the lock; returns how many do."""
        wait_until(lambda: waiting() >= at_least, what, seconds=seconds)
        return waiting()


def waiting() -> int:
    """How many connections to this database wait for somebody's lock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return int(cursor.fetchone()[0])
