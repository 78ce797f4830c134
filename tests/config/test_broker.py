"""A worker outlives its Redis, whatever it had in hand."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from config.celery import app
from launcher import children, ports
from launcher.valkey import Valkey
from tests import isolation
from tests.faults.servers import own_valkey
from tests.processes import Processes, wait_until

# Where the kernel's own range begins on Linux.
EPHEMERAL = 32_768


@pytest.fixture
def valkey() -> Iterator[Valkey]:
    """One that may be killed: on a port that no other test picks, as it has to find it free again."""
    port = next(port for port in range(ports.HIGHEST + 1, EPHEMERAL) if ports.is_free(port))
    with own_valkey(port=port) as server:
        yield server


@pytest.fixture
def worker(valkey: Valkey, tmp_path: Path) -> Iterator[Processes]:
    """A worker of the normal lane with two hands, as the product's, and a slow task beside ours."""
    processes = Processes(tmp_path, env={"REDIS_URL": valkey.url()})
    processes.worker("normal", pool="threads", concurrency=2, include="tests.config.slow_tasks")
    try:
        processes.wait_for_workers("normal")
        yield processes
    finally:
        processes.stop_all()


def take_time(seconds: float, sign: Path) -> Path:
    app.send_task("tests.take_time", args=[seconds, str(sign)], queue="normal", retry=False)
    return sign


def taken(worker: Processes, times: int) -> bool:
    return worker.log("worker-normal").count("received") >= times


def test_redis_killed_while_a_worker_has_one_task_in_hand_and_waits_for_the_next(
    valkey: Valkey, worker: Processes, tmp_path: Path
) -> None:
    for turn in range(3):
        in_hand = take_time(2, tmp_path / f"in-hand-{turn}")
        wait_until(partial(taken, worker, 2 * turn + 1), "the task to be taken")
        children.kill_group(valkey.pid)
        wait_until(in_hand.exists, "the task in hand to end without its Redis")
        worker.check_alive("worker-normal")
        before = valkey.port
        valkey.start()
        assert valkey.port == before
        isolation.use_redis(valkey.url())
        next_one = take_time(0, tmp_path / f"next-{turn}")
        wait_until(next_one.exists, "the worker to take the next one", seconds=60)
    worker.check_alive("worker-normal")
