"""Two moments: the first text of an alert, and its last one after a cancel."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from threading import Event, Thread

from benchmarks.alert import audience, setting
from foundation.messaging.enums import Lane
from foundation.messaging.services import broadcast as broadcasts
from foundation.messaging.types import Part
from launcher.product import LANES
from tests.processes import Processes, wait_until

TIMES = 15
WAITING = 100_000


@dataclass
class First:
    """Milliseconds from the issuer's click to the first text's arrival; the bulk that waited and went on."""

    alone: float
    among_bulk: float
    slowest: float
    bulk_sent: int


@contextmanager
def product(*lanes: str) -> Iterator[Processes]:
    """The product's own workers of these lanes, as it starts them, kicked through Redis."""
    with tempfile.TemporaryDirectory() as folder:
        processes = Processes(Path(folder), env={"BULK_CONNECTIONS": "256", "LOG_LEVEL": "WARNING"})
        try:
            for lane in lanes:
                processes.worker(lane, pool="threads", concurrency=LANES[lane])
            processes.wait_for_workers(*lanes)
            yield processes
        finally:
            processes.stop_all()


def first_text(stub: setting.Stub, *, per_second: int = 100) -> First:
    """Alerts one after the other to an idle alert lane, without and with a bulk broadcast on its line."""
    setting.clear()
    audience.make(WAITING)
    setting.line(per_second)
    with product("alert", "bulk"):
        alone = [_one(stub) for _ in range(TIMES)]
        setting.begin(audience.up_to(WAITING), lane="bulk")
        wait_until(lambda: stub.counts()["taken"] > per_second, "bulk to be going out")
        before = stub.counts()["taken"]
        with sweeping():
            among = [_one(stub) for _ in range(TIMES)]
        sent = stub.counts()["taken"] - before - TIMES
    return First(median(alone), median(among), max(among), sent)


def _one(stub: setting.Stub) -> float:
    """One alert to one person of their own; found at the stub by its reference."""
    last = next(_numbers)
    began = time.monotonic()
    row = setting.begin([Part(last % audience.PARTS, last - 1, last)])
    at = stub.arrival_of(row.reference)
    time.sleep(0.3)
    return (at - began) * 1000


_numbers = iter(range(1, WAITING))


@contextmanager
def sweeping() -> Iterator[None]:
    """What beat does for the bulk lane."""
    from foundation.messaging.tasks import sweep_broadcasts

    done = Event()

    def call() -> None:
        while not done.wait(0.5):
            sweep_broadcasts.apply_async(args=[list(Lane).index(Lane.BULK)], queue="bulk")

    sweeper = Thread(target=call)
    sweeper.start()
    try:
        yield
    finally:
        done.set()
        sweeper.join()


@dataclass
class Cancelled:
    """Seconds from the commit of a cancel to the last text that was begun, and how everybody stands."""

    last_after: float
    sent: int
    cancelled: int
    unknown: int
    not_begun: int


def cancel(stub: setting.Stub, size: int) -> Cancelled:
    """In the middle of an unpaced run by one worker."""
    setting.clear()
    audience.make(size)
    setting.line(setting.UNPACED)
    row = setting.begin(audience.up_to(size))
    stub.forget()
    with setting.Worker() as worker:
        worker.go()
        wait_until(lambda: stub.counts()["taken"] > size // 10, "it to be going out")
        broadcasts.cancel(actor=setting.BENCH, broadcast_id=row.pk, reason="Stood down.")
        stopped = time.monotonic()
        worker.told()
    seen, stands = stub.counts(), broadcasts.progress([row.pk])[row.pk]
    return Cancelled(
        seen["last"] - stopped, stands.sent, stands.cancelled, stands.unknown, size - stands.recipients
    )
