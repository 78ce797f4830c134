"""Small numbers, and those that would give them away, are not told.

Pure: counts by name, the sums that hold between them, and which of them nobody may be told.
A count below the least is hidden. Then others are, until none of the hidden can be worked out: not from
one sum (a single hidden part of a told total), not as the rest of one (parts that are fewer than the least
together), and not from several sums at once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_NOTHING = 1e-9
_Order = Mapping[Hashable, tuple[int, int, str]]


@dataclass(frozen=True, slots=True)
class Sum:
    """That `total` is the sum of `parts`."""

    total: Hashable
    parts: tuple[Hashable, ...]

    @property
    def cells(self) -> tuple[Hashable, ...]:
        """All that stand in it."""
        return (self.total, *self.parts)


def hidden(
    counts: Mapping[Hashable, int],
    sums: Sequence[Sum],
    *,
    fewest: int,
    untold: Collection[Hashable] = (),
    secret: Collection[Hashable] = (),
    known: Collection[Hashable] = (),
    cost: Callable[[Hashable], int] = lambda cell: 0,
) -> frozenset[Hashable]:
    """The cells that are not told.

    `untold` are cells that no page shows, whatever they count; where one is large it may be worked out.
    `secret` are cells that must stay unknown though they are large: another table would give way with them.
    `known` are cells that the reader knows from elsewhere: to hide them protects nothing.
    Beside a small one the cell of the least `cost` is hidden, and of these the smallest.
    """
    small = ({cell for cell, count in counts.items() if count < fewest} | set(secret)) - set(known)
    gone = (small | set(untold)) - set(known)
    order = {cell: (cost(cell), count, repr(cell)) for cell, count in counts.items() if cell not in known}
    while True:
        one = _by_one_sum(counts, sums, gone, small, fewest, order)
        more = {one} if one is not None else _by_several(sums, gone, small, order)
        if not more:
            return frozenset(gone)
        gone |= more


def _by_one_sum(
    counts: Mapping[Hashable, int],
    sums: Sequence[Sum],
    gone: set[Hashable],
    small: set[Hashable],
    fewest: int,
    order: _Order,
) -> Hashable | None:
    for one in sums:
        away = [cell for cell in one.cells if cell in gone]
        if not away:
            continue
        alone = len(away) == 1 and away[0] in small
        rest = one.total not in gone and sum(counts[cell] for cell in away) < fewest
        if (alone or rest) and (more := _first(order, one.cells, gone)) is not None:
            return more
    return None


def _by_several(
    sums: Sequence[Sum], gone: set[Hashable], small: set[Hashable], order: _Order
) -> set[Hashable]:
    """Cells to hide where small ones follow from several sums: of each way to one, the first that is told."""
    more: set[Hashable] = set()
    ways = _ways(sums, gone)
    for cell in sorted(ways.keys() & small, key=repr):
        if not ways[cell] & more and (first := _first(order, ways[cell], gone)) is not None:
            more.add(first)
    return more


def _first(order: _Order, cells: Collection[Hashable], gone: set[Hashable]) -> Hashable | None:
    told = [cell for cell in cells if cell in order and cell not in gone]
    return min(told, key=lambda cell: order[cell]) if told else None


def worked_out(sums: Sequence[Sum], gone: Collection[Hashable]) -> set[Hashable]:
    """Which of the hidden follow from the told by the sums, whatever the numbers are."""
    return set(_ways(sums, gone))


def _ways(sums: Sequence[Sum], gone: Collection[Hashable]) -> dict[Hashable, set[Hashable]]:
    """Each hidden cell that follows from told ones, with the told ones that it follows from.

    What a sum says is a row over its cells. A hidden cell follows where rows can be added up to one that has
    no other hidden cell; hiding any told cell of that row as well closes this way to it.
    """
    import numpy as np  # slow to load, and figures are opened seldom

    hid = sorted({cell for one in sums for cell in one.cells if cell in gone}, key=repr)
    told = sorted({cell for one in sums if _touches(one, gone) for cell in one.cells} - set(hid), key=repr)
    place = {cell: at for at, cell in enumerate([*hid, *told])}
    rows = []
    for one in sums:
        if not _touches(one, gone):
            continue
        row = np.zeros(len(place))
        for cell, sign in ((one.total, -1.0), *((part, 1.0) for part in one.parts)):
            row[place[cell]] += sign
        rows.append(row)
    if not rows:
        return {}
    there = np.abs(_reduced(np.array(rows), len(hid))) > _NOTHING
    return {
        hid[int(row.argmax())]: {told[at] for at in np.flatnonzero(row[len(hid) :])}
        for row in there
        if row[: len(hid)].sum() == 1
    }


def _touches(one: Sum, gone: Collection[Hashable]) -> bool:
    """Whether any cell of the sum is hidden."""
    return any(cell in gone for cell in one.cells)


def _reduced(rows: Any, columns: int) -> Any:
    """The same rows with, in the column of each one's first entry among so many columns, nothing in the
    others (Gauss, Jordan).
    """
    import numpy as np

    done = 0
    for column in range(columns):
        if done == len(rows):
            break
        largest = done + int(np.abs(rows[done:, column]).argmax())
        if abs(rows[largest, column]) < _NOTHING:
            continue
        rows[[done, largest]] = rows[[largest, done]]
        rows[done] /= rows[done, column]
        others = np.abs(rows[:, column]) > _NOTHING
        others[done] = False
        rows[others] -= np.outer(rows[others, column], rows[done])
        done += 1
    return rows[:done]
