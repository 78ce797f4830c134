"""A single text (as TextSafe's) while an alert to a million goes out, beside the same while nothing does.

The alert has its line to itself but for what is kept back; the text goes by the urgent lane, as ever.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from django.db import transaction
from django.utils import timezone

from benchmarks.alert import audience, setting
from benchmarks.alert.moments import product
from foundation.messaging import services as messaging
from foundation.messaging.switchboard import ALWAYS
from tests.processes import wait_until

TIMES = 25
PER_SECOND, KEPT_BACK = 1000, 50


@dataclass
class Texts:
    """Milliseconds from the commit to the provider, by the middle; `busiest`: the worst second."""

    idle: float
    during: float
    slowest: float
    went_meanwhile: int
    busiest: int

    @property
    def times(self) -> float:
        """How much longer it takes."""
        return self.during / self.idle


def measure(stub: setting.Stub, size: int) -> Texts:
    """One after the other, first alone."""
    setting.clear()
    audience.make(size)
    setting.line(PER_SECOND, kept_back=KEPT_BACK)
    with product("alert", "urgent"):
        _one(stub)
        idle = [_one(stub) for _ in range(TIMES)]
        stub.forget()
        setting.begin(audience.up_to(size))
        wait_until(lambda: stub.counts()["taken"] > PER_SECOND, "the alert to be going out")
        before = stub.counts()["taken"]
        during = [_one(stub) for _ in range(TIMES)]
        seen = stub.counts()
    return Texts(median(idle), median(during), max(during), seen["taken"] - before - TIMES, seen["worst"])


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
