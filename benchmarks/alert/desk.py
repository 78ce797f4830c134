"""The duty desk while the public page of an alert takes its spike, beside the same desk without it.

Both sites as the launcher starts them, each in processes of its own. The readers ask again and again over
kept connections, without a pause, as fast as the page is given out; they stand for the world outside, so they
get what is left of this machine's processors.
"""

from __future__ import annotations

import re
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from django.test import Client

from alerts.models import ChildRescueAlert
from benchmarks.alert import issuing
from foundation.accounts.enums import OrganisationKind, Role
from launcher import ports, product
from tests import cast
from tests.alerts import making
from tests.missingcases.making import report
from tests.processes import Processes, answers

READERS = 128
ROUNDS = 6
ASKED = 40
APART_SECONDS = 0.03
INCIDENTS = 25


@dataclass
class Desk:
    """Milliseconds of each request, the page itself and polls of an open one; `readers`: pages a second."""

    idle: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    idle_polls: list[float] = field(default_factory=list)
    busy_polls: list[float] = field(default_factory=list)
    readers: list[float] = field(default_factory=list)

    @property
    def times(self) -> float:
        """How much longer the page takes to 95 of a hundred."""
        return p95(self.busy) / p95(self.idle)

    @property
    def times_polls(self) -> float:
        """The same of the polls."""
        return p95(self.busy_polls) / p95(self.idle_polls)


def p95(times: list[float]) -> float:
    """Not longer than that took 95 of a hundred."""
    return statistics.quantiles(times, n=20)[-1]


def measure() -> Desk:
    """In turns, so that whatever else the machine does falls on both."""
    found, token = Desk(), _out().token
    with _both_sites() as (staff, public):
        desk = _Officer(staff)
        desk.asks(ASKED)
        with _readers(f"{public}/alerts/{token}/", seconds=2):
            time.sleep(2)
        for _ in range(ROUNDS):
            pages, polls = desk.asks(ASKED)
            found.idle += pages
            found.idle_polls += polls
            with _readers(f"{public}/alerts/{token}/", seconds=60) as told:
                time.sleep(0.5)
                pages, polls = desk.asks(ASKED)
            found.busy += pages
            found.busy_polls += polls
            found.readers.append(told[0])
    return found


def _out() -> ChildRescueAlert:
    """An alert that is in force, and a desk with some incidents on it."""
    area, room = issuing.places(1_000_000), making.room_of_the_cast()
    for number in range(INCIDENTS):
        report(room.officer, given_names="Robin", family_name=f"Spike{number}")
    return issuing.issued(room, area)


class _Officer:
    """Somebody of the force, signed in, on one kept connection."""

    def __init__(self, staff: str) -> None:
        met = cast.organisation("metropolitan", OrganisationKind.POLICE_FORCE, "Metropolitan")
        client = cast.member("desk@met.example", "Dee Sk", met, Role.POLICE_OFFICER).sign_in(Client())
        self._cookie = "; ".join(f"{name}={kept.value}" for name, kept in client.cookies.items())
        self._link = HTTPConnection(str(urlsplit(staff).netloc), timeout=60)
        self._tag = ""

    def asks(self, many: int) -> tuple[list[float], list[float]]:
        """How long so many pages took, and a poll after each."""
        self._link.close()  # an idle one was closed at the other end
        pages, polls = [], []
        for _ in range(many):
            pages.append(self._ask("/desk/"))
            polls.append(self._ask("/desk/list/", polls=True))
            time.sleep(APART_SECONDS)
        return pages, polls

    def _ask(self, path: str, *, polls: bool = False) -> float:
        headers = {"Cookie": self._cookie}
        if polls:
            headers |= {"If-None-Match": self._tag, "X-Harbour-Poll": "1", "HX-Request": "true"}
        began = time.perf_counter()
        self._link.request("GET", path, headers=headers)
        answer = self._link.getresponse()
        answer.read()
        took = (time.perf_counter() - began) * 1000
        if answer.status not in (200, 304):
            raise RuntimeError(f"{path}: {answer.status}")
        if polls:
            self._tag = answer.headers.get("ETag") or self._tag
        return took


@contextmanager
def _both_sites() -> Iterator[tuple[str, str]]:
    """Their addresses; as `dev.py` starts them, for two cores."""
    with tempfile.TemporaryDirectory() as folder:
        processes = Processes(Path(folder), env={"LOG_LEVEL": "WARNING"})
        try:
            sites = []
            for name, web in (("staff", product.staff_site), ("public", product.public_site)):
                port = ports.pick()
                program, base = web("127.0.0.1", port), f"http://127.0.0.1:{port}"
                process = processes.start(name, list(program.argv), **program.extra_env)
                processes.wait(name, process, lambda base=base: answers(f"{base}/health/live/"))  # type: ignore[misc]
                sites.append(base)
            yield sites[0], sites[1]
        finally:
            processes.stop_all()


@contextmanager
def _readers(url: str, *, seconds: int) -> Iterator[list[float]]:
    """Readers by wrk; the list holds how many pages a second they were given, once they have been stopped."""
    told: list[float] = []
    argv = ["nice", "-n", "19", "wrk", "-t1", f"-c{READERS}", f"-d{seconds}", url]
    process = subprocess.Popen(argv, stdout=subprocess.PIPE, text=True)
    try:
        yield told
    finally:
        process.send_signal(2)
        said, _ = process.communicate(timeout=30)
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    if found is None or "Non-2xx" in said:
        raise RuntimeError(said)
    told.append(float(found[1]))
