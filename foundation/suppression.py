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
        more = _by_one_sum(counts, sums, gone, small, fewest, order) or _by_several(sums, gone, small, order)
        if more is None:
            return frozenset(gone)
        gone.add(more)


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
) -> Hashable | None:
    """A cell to hide where a small one follows from all sums together."""
    known = worked_out(sums, gone) & small
    for cell in sorted(known, key=repr):
        near = [other for one in sums if cell in one.cells for other in one.cells]
        anywhere = [other for one in sums if gone & set(one.cells) for other in one.cells]
        for choice in (near, anywhere):
            if (more := _first(order, choice, gone)) is not None:
                return more
    return None


def _first(order: _Order, cells: Collection[Hashable], gone: set[Hashable]) -> Hashable | None:
    told = [cell for cell in cells if cell in order and cell not in gone]
    return min(told, key=lambda cell: order[cell]) if told else None


def worked_out(sums: Sequence[Sum], gone: Collection[Hashable]) -> set[Hashable]:
    """Which of the hidden follow from the told by the sums, whatever the numbers are.

    Told counts are knowns. What is left of each sum is a row over the hidden, and a hidden cell follows where
    the rows can be added up to one that has nothing but it.
    """
    import numpy as np  # slow to load, and figures are opened seldom

    cells = sorted(gone, key=repr)
    place = {cell: at for at, cell in enumerate(cells)}
    rows = []
    for one in sums:
        row = np.zeros(len(cells))
        for cell, sign in ((one.total, -1.0), *((part, 1.0) for part in one.parts)):
            if cell in place:
                row[place[cell]] += sign
        if row.any():
            rows.append(row)
    if not rows:
        return set()
    there = np.abs(_reduced(np.array(rows))) > _NOTHING
    return {cells[int(row.argmax())] for row in there if row.sum() == 1}


def _reduced(rows: Any) -> Any:
    """The same rows with, in the column of each one's first entry, nothing in the others (Gauss, Jordan)."""
    import numpy as np

    done = 0
    for column in range(rows.shape[1]):
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
