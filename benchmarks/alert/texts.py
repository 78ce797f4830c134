"""A single text (as TextSafe's) while an alert to a million goes out, beside the same while nothing does.

The alert has its line to itself but for what is kept back; the text goes by the urgent lane, as ever.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from django.db import transaction
from django.utils import timezone

from benchmarks.alert import audience, setting
from benchmarks.alert.moments import product
from foundation.messaging import services as messaging
from foundation.messaging.models import Broadcast
from foundation.messaging.services.broadcast import has_more
from foundation.messaging.switchboard import ALWAYS
from tests.processes import wait_until

TIMES = 25
PER_SECOND, KEPT_BACK = 1000, 50
# The whole of an alert is as quick as two thousand a second allow; a text is sent this often meanwhile.
WHOLE_PER_SECOND, APART_SECONDS = 2000, 3.0


@dataclass
class Texts:
    """Milliseconds from the commit to the provider, by the middle; `busiest`: the worst second."""

    idle: float
    during: float
    slowest: float
    went_meanwhile: int
    busiest: int
    per_second: int = PER_SECOND

    @property
    def times(self) -> float:
        """How much longer it takes."""
        return self.during / self.idle


def measure(stub: setting.Stub, size: int, *, whole: bool = False) -> Texts:
    """One after the other, first alone; with `whole`, now and then until the last of the alert has gone."""
    per_second = WHOLE_PER_SECOND if whole else PER_SECOND
    setting.clear()
    audience.make(size)
    setting.line(per_second, kept_back=KEPT_BACK)
    with product("alert", "urgent"):
        _one(stub)
        idle = [_one(stub) for _ in range(TIMES)]
        stub.forget()
        row = setting.begin(audience.up_to(size))
        wait_until(lambda: stub.counts()["taken"] > per_second, "the alert to be going out")
        before = stub.counts()["taken"]
        during = list(_until_through(stub, row)) if whole else [_one(stub) for _ in range(TIMES)]
        seen = stub.counts()
    went = seen["taken"] - before - len(during)
    return Texts(median(idle), median(during), max(during), went, seen["worst"], per_second)


def _until_through(stub: setting.Stub, row: Broadcast) -> Iterator[float]:
    while has_more(row.pk):
        yield _one(stub)
        time.sleep(APART_SECONDS)


def _one(stub: setting.Stub) -> float:
    number = time.time_ns()
    began = time.monotonic()
    with transaction.atomic():
        message = messaging.queue_message(
            actor=setting.BENCH,
            channel="sms",
            lane="urgent",
            to="+447700900123",
            body="You are not alone.",
            service="bench",
            owner=("bench.Text", number),
            guard=ALWAYS,
            organisation_id=None,
            valid_until=timezone.now() + timedelta(minutes=30),
            dedupe_key=f"bench:{number}",
        )
    at = stub.arrival_of(message.reference)
    time.sleep(0.2)
    return (at - began) * 1000
