"""Receipts over HTTP: signed calls by sixteen connections to one web worker of four threads, a side each."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from uuid import uuid4

from django.db.models import QuerySet

from benchmarks.callers import Call, call_all, receipt
from benchmarks.load import Check, Goal, Load, Ready, Took
from benchmarks.texts import sent_texts
from foundation.messaging.models import RawCallback
from launcher import ports
from tests.processes import Processes, answers, wait_until

CALLS = 800
KILLS = 5
OURS, PEER, LIMIT = "/webhooks/twilio/status", "/status", "/nothing"


def prepare(rows: int) -> Ready:
    """Three web servers, and texts enough for a unit."""
    folder = tempfile.TemporaryDirectory()
    processes = Processes(Path(folder.name))
    ours = serve(processes, "ours", "config.settings")
    plain = serve(processes, "plain", "benchmarks.peers.plain_settings")

    def close() -> None:
        processes.stop_all()
        folder.cleanup()

    return Ready(
        ours=unit(ours, OURS),
        peer=unit(plain, PEER),
        limit=unit(plain, LIMIT),
        checks=lambda: [none_lost(processes)],
        close=close,
    )


def serve(processes: Processes, name: str, settings: str) -> int:
    """Start one web server and return its port."""
    port = ports.pick()
    argv = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}"]
    argv += ["--workers", "1", "--threads", "4", "--keep-alive", "30", "--no-control-socket"]
    env = {
        "DJANGO_SETTINGS_MODULE": settings,
        "ROOT_URLCONF": "config.public_urls",
        "PUBLIC_BASE_URL": f"http://127.0.0.1:{port}",
        "LOG_LEVEL": "WARNING",
    }
    process = processes.start(name, argv, **env)
    processes.wait(name, process, lambda: answers(f"http://127.0.0.1:{port}/"))
    return port


def made(port: int, path: str, names: list[str]) -> list[Call]:
    """A receipt for each of these messages."""
    address = f"http://127.0.0.1:{port}{path}"
    return [receipt(address, name, sid=f"SM{name}") for name in names]


def unit(port: int, path: str) -> Callable[[], Took]:
    """All calls once, each for a text of its own; made beforehand."""

    def run() -> Took:
        calls = made(port, path, sent_texts(CALLS))
        begun = time.perf_counter()
        answered = call_all(port, calls)
        took = time.perf_counter() - begun
        if len(answered) != len(calls):
            raise RuntimeError(f"only {len(answered)} of {len(calls)} receipts were answered")
        return Took(took, len(calls))

    return run


def none_lost(processes: Processes) -> Check:
    """Kill the web server with -9 in the middle of a flood, again and again: every answered call is kept."""
    answered: set[str] = set()
    for turn in range(KILLS):
        answered |= _killed(processes, f"killed-{turn}", after=0.3 + 0.1 * turn)
    lost = {f"m={one}" for one in answered} - set(_kept().values_list("query", flat=True))
    seen = f"{KILLS} times killed with -9, {len(answered):,} answered, {len(lost)} of them lost"
    return Check("none is lost once it is answered", seen, not lost and len(answered) > KILLS)


def _killed(processes: Processes, name: str, *, after: float) -> set[str]:
    """Flood a web server, kill it so many seconds after its first; returns what it had answered."""
    port, before = serve(processes, name, "config.settings"), _kept().count()
    calls = made(port, OURS, [f"k{uuid4().hex}" for _ in range(20 * CALLS)])
    heard: list[str] = []
    flood = Thread(target=lambda: heard.extend(call_all(port, calls)))
    flood.start()
    wait_until(lambda: _kept().count() > before, "the first receipt")
    time.sleep(after)
    processes.kill(name)
    flood.join()
    return set(heard)


def _kept() -> QuerySet[RawCallback]:
    return RawCallback.objects.filter(query__startswith="m=k")


LOAD = Load(
    name="receipts",
    title="receipts over HTTP, one",
    goal=Goal(peer=2),
    prepare=prepare,
    rounds=9,
    grows="ms",
    writes=True,
)
