"""Faults in the middle of an alert: one text each, or a listed unknown.

HARBOUR_FAN_OUT are how many it goes to while its worker is killed; the other faults hit a fifth of them.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from typing import Any

import pytest
from redis import Redis

from benchmarks.alert import setting
from foundation.messaging.services import broadcast as broadcasts
from launcher.postgres import Postgres
from tests.faults.fan_out import FanOut, account
from tests.faults.scenarios.postgres import start
from tests.faults.servers import own_postgres, standing_on
from tests.processes import Processes

SIZE = int(os.environ.get("HARBOUR_FAN_OUT", "100000"))
A_FIFTH = SIZE // 5
KILLS = 4


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    """A Postgres that this scenario may stop; it flushes to disk, as a server's does."""
    with own_postgres() as server:
        yield server


@pytest.fixture
def committing_db(postgres: Postgres, django_db_blocker: Any) -> Iterator[str]:
    """The product here stands on that one."""
    with django_db_blocker.unblock(), standing_on(postgres.url()):
        yield postgres.url()


@pytest.fixture
def fan_out(committing_db: str, redis_url: str, processes: Processes, settings: Any) -> Iterator[FanOut]:
    """An alert lane at work."""
    made = FanOut.begin(processes, settings, size=SIZE)
    yield made
    made.end()


def test_fan_outs(fan_out: FanOut, postgres: Postgres, redis_url: str) -> None:
    def restarted(fan_out: FanOut) -> None:
        row = fan_out.issue(A_FIFTH)
        postgres.stop()
        time.sleep(1)
        start(postgres)
        fan_out.clear_up(row)
        account("Postgres restarted in a fan-out", fan_out, row, hit=1)

    def flushed(fan_out: FanOut) -> None:
        row = fan_out.issue(A_FIFTH)
        with Redis.from_url(redis_url) as client:
            client.flushall()
        fan_out.clear_up(row)
        account("Redis flushed in a fan-out", fan_out, row, hit=1)

    failed = []
    for scenario in (killed, restarted, flushed, down, busy, cut, cancelled):
        try:
            scenario(fan_out)
        except AssertionError as problem:
            failed.append(f"{scenario.__name__}: {problem}")
    assert not failed, "\n".join(failed)


def killed(fan_out: FanOut) -> None:
    """At moments that nobody chose: while it claims, hands over, or writes down."""
    row = fan_out.issue(SIZE)
    for turn in range(1, KILLS + 1):
        fan_out.wait_for(fan_out.size * turn // (KILLS + 2))
        time.sleep(random.uniform(0, 0.4))
        fan_out.kill_worker()
        fan_out.start_worker()
    fan_out.clear_up(row)
    account("worker killed over and over in a fan-out", fan_out, row, hit=KILLS)


def down(fan_out: FanOut) -> None:
    """Every connection is lost, and none can be made for a while."""
    row = fan_out.issue(A_FIFTH)
    fan_out.stub.break_("away", 4)
    fan_out.clear_up(row)
    account("provider down in a fan-out", fan_out, row, hit=1)


def busy(fan_out: FanOut) -> None:
    """It asks to be left alone, over and over."""
    row = fan_out.issue(A_FIFTH)
    for _ in range(3):
        fan_out.stub.break_("busy", 200)
        time.sleep(1.2)
    fan_out.clear_up(row)
    account("provider busy in a fan-out (429)", fan_out, row, hit=3)


def cut(fan_out: FanOut) -> None:
    """It has them, and hangs up before it says so."""
    row = fan_out.issue(A_FIFTH)
    fan_out.stub.break_("cut", 300)
    fan_out.clear_up(row)
    stands = broadcasts.progress([row.pk])[row.pk]
    account("connections cut after accepting in a fan-out", fan_out, row, hit=stands.unknown)


def cancelled(fan_out: FanOut) -> None:
    """Nothing is begun later than a second after it; what was claimed in vain is told apart."""
    row = fan_out.issue(A_FIFTH)
    broadcasts.cancel(actor=setting.BENCH, broadcast_id=row.pk, reason="Stood down.")
    stopped = time.monotonic()
    fan_out.clear_up(row)
    assert fan_out.stub.counts()["last"] - stopped <= 1
    account("cancelled in a fan-out", fan_out, row, hit=fan_out.size - fan_out.taken())
