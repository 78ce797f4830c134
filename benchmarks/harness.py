"""Ours, the peer and the limit in turns, in one run: what is compared is what ran within the same second."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import cycle, islice
from statistics import median, quantiles
from typing import Any

from benchmarks.load import Check, Load, Ready, Took, Unit
from benchmarks.processor import Meter

# A unit quicker than this is done several times before the clock is read.
LEAST_SECONDS = 0.1


@dataclass(slots=True)
class Measured:
    """One load at one size. Times are milliseconds of one item; ratios are medians over the rounds."""

    name: str
    rows: int
    rounds: int
    milliseconds: dict[str, float]
    processor: dict[str, float]
    times_the_peer: float | None = None
    part_of_the_limit: float | None = None
    spread: dict[str, tuple[float, float]] = field(default_factory=dict)
    counters: dict[str, float] = field(default_factory=dict)
    checks: list[Check] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        """As JSON has it."""
        return asdict(self)


@dataclass(slots=True)
class _Side:
    name: str
    unit: Unit
    times: int = 1
    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)


def measure(load: Load, rows: int, *, rounds: int | None = None) -> Measured:
    """Prepare the load at `rows`, run its sides in turns, count once, check, close."""
    ready = load.prepare(rows)
    try:
        sides = [
            _Side(name, unit)
            for name, unit in (("ours", ready.ours), ("peer", ready.peer), ("limit", ready.limit))
            if unit is not None
        ]
        many = rounds or load.rounds
        for side in sides:
            _warm(side)
        for turn in _turns(sides, many):
            _run(turn)
        return _sum_up(load, rows, many, sides, ready)
    finally:
        ready.close()


def _turns(sides: list[_Side], rounds: int) -> Iterator[_Side]:
    """Each side once a round, another one first each time."""
    for first in range(rounds):
        yield from islice(cycle(sides), first % len(sides), first % len(sides) + len(sides))


def _warm(side: _Side) -> None:
    """Run it a few times; the quickest tells how often it must run to be read off a clock."""
    took = LEAST_SECONDS
    for _ in range(4):
        begun = time.perf_counter()
        said = side.unit()
        took = min(took, time.perf_counter() - begun)
        if isinstance(said, Took) or time.perf_counter() - begun > 1:
            return
    side.times = max(1, int(LEAST_SECONDS / max(took, 1e-6)))


def _run(side: _Side) -> None:
    gc.collect()
    items, own = 0, 0.0
    meter = Meter()
    began = time.perf_counter()
    for _ in range(side.times):
        said = side.unit()
        items += said.items if isinstance(said, Took) else said if isinstance(said, int) else 1
        own += said.seconds if isinstance(said, Took) else 0.0
    took = time.perf_counter() - began
    burnt = meter.spent()
    side.wall.append((own or took) / max(items, 1))
    side.processor.append(burnt / max(items, 1))


def _sum_up(load: Load, rows: int, rounds: int, sides: list[_Side], ready: Ready) -> Measured:
    by_name = {side.name: side for side in sides}
    found = Measured(
        load.name,
        rows,
        rounds,
        {side.name: median(side.wall) * 1000 for side in sides},
        {side.name: median(side.processor) * 1000 for side in sides},
    )
    ours = by_name["ours"].wall
    for name in ("peer", "limit"):
        if name in by_name:
            ratios = [theirs / own for theirs, own in zip(by_name[name].wall, ours, strict=True)]
            found.spread[name] = _middle_half(ratios)
            if name == "peer":
                found.times_the_peer = median(ratios)
            else:
                found.part_of_the_limit = median(ratios)
    found.counters = dict(ready.counters())
    found.checks = list(ready.checks())
    return found


def _middle_half(ratios: list[float]) -> tuple[float, float]:
    if len(ratios) < 2:
        return ratios[0], ratios[0]
    low, _, high = quantiles(ratios, n=4)
    return low, high


def read_back(told: dict[str, Any]) -> Measured:
    """A measurement out of the file another process left."""
    checks = [Check(**one) for one in told.pop("checks")]
    spread = {name: (pair[0], pair[1]) for name, pair in told.pop("spread").items()}
    return Measured(**told, checks=checks, spread=spread)
