"""What a load is. Each module of `benchmarks.loads` holds one as `LOAD`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Took:
    """What a unit measured of itself, where a stop-watch around the call would measure too much."""

    seconds: float
    items: int = 1


# Does the work once. Says how many items that was, or what it took; anything else counts as one item.
Unit = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Check:
    """Something else that was to be shown: what, what was seen, and whether that is enough."""

    what: str
    seen: str
    reached: bool = True


@dataclass(frozen=True, slots=True)
class Goal:
    """What is to be reached; None asks for nothing.

    `peer`: how many times as fast as the peer. `limit`: which part of the limit's speed. `growth`: how
    many times as much `Load.grows` may be at the largest size as at the smallest.
    """

    peer: float | None = None
    limit: float | None = None
    growth: float | None = None


@dataclass(slots=True)
class Ready:
    """A load that is ready to run at one size. Where there is no peer or limit it is None.

    `counters` does the work once more and says what it cost in things that no other process disturbs:
    buffers, queries, rows. `checks` runs at the end.
    """

    ours: Unit
    peer: Unit | None = None
    limit: Unit | None = None
    counters: Callable[[], dict[str, float]] = dict
    checks: Callable[[], list[Check]] = list
    close: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True)
class Load:
    """One piece of work, done by us, by a peer, and by the least that could do it.

    `prepare(rows)` runs in a process of its own whose database holds `rows` incidents. A load that
    `writes` is given a copy of its own; the others share one. `grows` names the counter that must not
    grow, or `ms` for the time of one item.
    """

    name: str
    title: str
    goal: Goal
    prepare: Callable[[int], Ready]
    rounds: int = 15
    grows: str = "buffers"
    writes: bool = False
    sizes: tuple[int, ...] = field(default=())  # where it does not run at every size that was asked for
