"""The printed tables."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.harness import Measured
from benchmarks.load import Load

HEAD = "| load | rows | ours | peer | limit | ours/peer | ours/limit | {growth} | to reach |"
RULE = "|---|---|---|---|---|---|---|---|---|"


def head(sizes: Sequence[int]) -> list[str]:
    """The first two lines."""
    growth = f"growth {short(min(sizes))} to {short(max(sizes))}" if len(sizes) > 1 else "growth"
    return [HEAD.format(growth=growth), RULE]


def lines(load: Load, found: Sequence[Measured]) -> list[str]:
    """A line a size; what is to be reached stands at the largest."""
    return [_line(load, one, found, is_last=one is found[-1]) for one in found]


def _line(load: Load, one: Measured, found: Sequence[Measured], *, is_last: bool) -> str:
    cells = [
        load.title,
        short(one.rows),
        *(_milliseconds(one.milliseconds.get(side)) for side in ("ours", "peer", "limit")),
        _ratio(one.times_the_peer, one.spread.get("peer")),
        _ratio(one.part_of_the_limit, one.spread.get("limit")),
        _growth(load, found) if is_last else "",
        _verdict(load, found) if is_last else "",
    ]
    return f"| {' | '.join(cells)} |"


def short(rows: int) -> str:
    """10k, 100k, 1M."""
    for unit, letter in ((1_000_000, "M"), (1000, "k")):
        if rows >= unit and rows % unit == 0:
            return f"{rows // unit}{letter}"
    return str(rows)


def _milliseconds(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,.0f} ms" if value >= 100 else f"{value:.2f} ms" if value >= 0.1 else f"{value:.4f} ms"


def _ratio(value: float | None, spread: tuple[float, float] | None) -> str:
    if value is None or spread is None:
        return "-"
    return f"{value:.2f} ({spread[0]:.2f}-{spread[1]:.2f})"


def growth(load: Load, found: Sequence[Measured]) -> float | None:
    """How many times as much `load.grows` is at the largest size as at the smallest."""
    if len(found) < 2:
        return None
    first, last = (_grown(load, one) for one in (found[0], found[-1]))
    return last / first if first and last is not None else None


def _grown(load: Load, one: Measured) -> float | None:
    return one.milliseconds["ours"] if load.grows == "ms" else one.counters.get(load.grows)


def _growth(load: Load, found: Sequence[Measured]) -> str:
    times = growth(load, found)
    return "-" if times is None else f"{times:.2f} ({'time' if load.grows == 'ms' else load.grows})"


def reached(load: Load, found: Sequence[Measured]) -> list[tuple[str, bool]]:
    """Each thing asked for, in words, and whether it was reached; what could not be told is left out."""
    goal, last = load.goal, found[-1]
    asked = (
        (goal.peer, last.times_the_peer, ">= {:g}x the peer", True),
        (goal.limit, last.part_of_the_limit, ">= {:g} of the limit", True),
        (goal.growth, growth(load, found), "growth <= {:g}", False),
    )
    return [
        (words.format(wanted), (seen >= wanted) if is_least else (seen <= wanted))
        for wanted, seen, words, is_least in asked
        if wanted is not None and seen is not None
    ]


def _verdict(load: Load, found: Sequence[Measured]) -> str:
    return "; ".join(f"{words}: {'reached' if good else 'MISSED'}" for words, good in reached(load, found))


def counters(load: Load, found: Sequence[Measured]) -> list[str]:
    """What each size cost in things that no other process disturbs, and what else was checked."""
    said = []
    for one in found:
        counted = [f"{name} {value:,.4g}" for name, value in one.counters.items()]
        said.append(f"- {load.title}, {short(one.rows)}: {', '.join([*counted, _processor(one)])}")
    for one in found:
        said += [
            f"- {load.title}, {short(one.rows)}: {check.what}: {check.seen}"
            f" ({'reached' if check.reached else 'MISSED'})"
            for check in one.checks
        ]
    return said


def _processor(one: Measured) -> str:
    """Ours, and what that makes of the peer and the limit: this does not wait for whoever else is busy."""
    spent = one.processor
    words = f"processor {spent['ours']:,.2f} ms"
    if "peer" in spent:
        words += f", peer {spent['peer']:,.2f} ms ({spent['peer'] / spent['ours']:.1f}x)"
    if "limit" in spent:
        words += f", limit {spent['limit']:,.2f} ms ({spent['limit'] / spent['ours']:.2f})"
    return words
