"""What sight costs: a read of the product with its visibility, beside the same read without it.

The limit is no other way of doing it: the same narrowing, columns, order and page size, by the product's
own selectors, with every row there is in place of those the reader may see. Nobody could be given that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import cycle
from typing import TypeVar

from benchmarks.counting import counted
from benchmarks.load import Check, Goal, Ready

# At most so many times the time, and so many times the buffers, of the same without visibility.
TIMES, BUFFERS = 1.3, 1.2
GOAL = Goal(limit=1 / TIMES)
Asked = TypeVar("Asked")
Read = Callable[[Asked], Sequence[object]]


def beside(asked: Sequence[Asked], walled: Read[Asked], bare: Read[Asked]) -> Ready:
    """Both reads over everything `asked`, in turns; the buffers of both are summed over it once."""
    turns = {name: cycle(asked) for name in ("walled", "bare")}
    spent: dict[str, dict[str, float]] = {}

    def counters() -> dict[str, float]:
        for name, read in (("walled", walled), ("bare", bare)):
            for one in asked:
                read(one)  # what is prepared is prepared then
            costs = [counted(lambda one=one, read=read: read(one)) for one in asked]
            spent[name] = {kind: sum(cost[kind] for cost in costs) / len(costs) for kind in costs[0]}
        return spent["walled"] | {f"{kind} without": value for kind, value in spent["bare"].items()}

    def checks() -> list[Check]:
        ours, least = spent["walled"]["buffers"], spent["bare"]["buffers"]
        shown = [(len(walled(one)), len(bare(one))) for one in asked]
        told = f"{ours:,.1f} and {least:,.1f}, {ours / least:.2f} times"
        rows = f"{sum(pair[0] for pair in shown)} with it, {sum(pair[1] for pair in shown)} without"
        return [
            Check(f"buffers with visibility, at most {BUFFERS:g} times", told, ours <= BUFFERS * least),
            Check(f"rows over {len(asked)} reads", rows, all(pair[0] for pair in shown)),
        ]

    return Ready(
        ours=lambda: _one(walled, turns["walled"]),
        limit=lambda: _one(bare, turns["bare"]),
        counters=counters,
        checks=checks,
    )


def _one(read: Read[Asked], asked: cycle[Asked]) -> None:
    """Counts as one item, however many rows it shows."""
    read(next(asked))
