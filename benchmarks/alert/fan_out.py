"""Fan-out without a pace: one worker of ours, beside Celery's way and a client that does nothing else."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass, field

from benchmarks.alert import audience, peer, raw, setting
from foundation.messaging.services import broadcast as broadcasts
from tests.processes import wait_until

PEERS_SHARE = 1500
CONNECTIONS = 512
LIMIT_SECONDS = 6


@dataclass
class FanOut:
    """Calls a second at one size, what was recorded of them, and what the worker took."""

    size: int
    ours: float
    limit: float
    limits_client: str
    recorded: int
    doubled: int
    processor: float
    memory: tuple[float, float]
    peers: dict[str, float] = field(default_factory=dict)


def measure(stub: setting.Stub, size: int) -> FanOut:
    """The limit before and after, so that a machine that others use as well is no excuse."""
    setting.clear()
    parts = audience.make(size)
    setting.line(setting.UNPACED)
    row = setting.begin(parts)
    client, before = raw.rate(stub.url, connections=CONNECTIONS, seconds=LIMIT_SECONDS)
    stub.forget()
    with setting.Worker(connections=CONNECTIONS) as worker:
        worker.go()
        told = worker.told()
    seen = stub.counts()
    _, after = raw.rate(stub.url, connections=CONNECTIONS, seconds=LIMIT_SECONDS)
    progress = broadcasts.progress([row.pk])[row.pk]
    return FanOut(
        size,
        ours=told["sent"] / told["seconds"],
        limit=(before + after) / 2,
        limits_client=client,
        recorded=progress.sent,
        doubled=seen["doubled"] + abs(seen["taken"] - progress.sent),
        processor=told["processor"] / told["seconds"],
        memory=(told["memory_before"], told["memory"]),
    )


def peers() -> dict[str, float]:
    """Celery's rates on a share of the audience: as it comes, and with as many threads as help it."""
    return {
        "as it comes (a process a core)": _peer("prefork", os.cpu_count() or 1),
        "50 threads": _peer("threads", 50),
    }


def _peer(pool: str, concurrency: int) -> float:
    """From the first that it has written down to the last."""
    argv = ["-m", "celery", "-A", "benchmarks.alert.peer_app", "worker", "-Q", peer.QUEUE, "-P", pool]
    argv += ["-c", str(concurrency), "--without-gossip", "--without-mingle", "--without-heartbeat"]
    count = PEERS_SHARE if pool == "threads" else PEERS_SHARE // 5
    process = setting.start(*argv, "--loglevel", "ERROR")
    try:
        peer.begin(count)
        wait_until(lambda: peer.sent() >= 20, "the peer to begin", seconds=120)
        began, first = time.monotonic(), peer.sent()
        wait_until(lambda: peer.sent() >= count, "the peer to be through", seconds=300)
        return (count - first) / (time.monotonic() - began)
    finally:
        process.terminate()
        process.wait(30)


def main(stub: setting.Stub, sizes: list[int]) -> list[FanOut]:
    """Every size, the peer once."""
    theirs = peers()
    found = []
    for size in sizes:
        found.append(measure(stub, size))
        found[-1].peers = theirs
        sys.stdout.write(f"  {found[-1]}\n")
        sys.stdout.flush()
    return found
