"""Which records of a whole table are likely one person: blocks, patterns, fitted weights. Pure.

The table stands in arrays. How a pair's fields stand to each other is one integer, the weights are fitted to
how often each such pattern is there, and each pattern is weighed once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from missingcases.matching import blocking
from missingcases.matching.adapting import Evidence, Seen, adapted, odds, seen
from missingcases.matching.columns import Ints, columns
from missingcases.matching.comparing import Pattern, Profile
from missingcases.matching.levels import Levels, patterns
from missingcases.matching.weights import DUPLICATE, Weights

Pair = tuple[int, int]
# How many pairs taken by chance tell what strangers have in common.
BY_CHANCE = 20_000
STEP = 7919
# How many pairs are compared at once, which bounds the memory.
AT_ONCE = 500_000


@dataclass(frozen=True)
class Scored:
    """The odds of the likely pairs, in bits, and how the two of each stand to each other."""

    scores: Mapping[Pair, float]
    patterns: Mapping[Pair, Pattern]


class Compared:
    """A table whose records are compared wherever they share a block.

    The records come in the order of their ids. `counts` says of a pair whether it is asked about at all,
    `pairs` how many such there are: where two tables are linked, only pairs across them are.
    """

    def __init__(
        self,
        known: Iterable[tuple[int, Profile]],
        *,
        counts: Callable[[Pair], bool] | None = None,
        pairs: int | None = None,
    ) -> None:
        people = list(known)
        self._ids = ids = [at for at, _ in people]
        self._every = len(ids) * (len(ids) - 1) // 2 if pairs is None else pairs
        table = columns([profile for _, profile in people])
        asked = None if counts is None else lambda one, other: counts((ids[one], ids[other]))
        self._one, self._other = blocking.pairs(table, asked)
        self._levels = Levels(table)
        self._found = self._compared(self._one, self._other)

    @property
    def records(self) -> int:
        """How many records were looked through."""
        return len(self._ids)

    @property
    def pairs(self) -> int:
        """How many pairs were compared."""
        return len(self._found)

    def fitted(self) -> Weights:
        """The weights that explain the table best."""
        chance = self._compared(*_by_chance(self.records))
        return adapted(Evidence(_counted(self._found), _counted(chance), self.records, self._every))

    def scored(self, weights: Weights, *, least: float = DUPLICATE) -> Scored:
        """The pairs of at least such odds."""
        each, at = np.unique(self._found, return_inverse=True)
        bits = odds(weights, seen(each))
        likely = np.flatnonzero(bits[at] >= least)
        at = at[likely]
        which, where = np.unique(at, return_inverse=True)
        found = patterns(each[which])
        one, other = self._one[likely].tolist(), self._other[likely].tolist()
        met = [(self._ids[first], self._ids[second]) for first, second in zip(one, other, strict=True)]
        return Scored(
            dict(zip(met, bits[at].tolist(), strict=True)),
            dict(zip(met, map(found.__getitem__, where.tolist()), strict=True)),
        )

    def _compared(self, one: Ints, other: Ints) -> Ints:
        """The pattern of each pair as one integer."""
        steps = range(0, max(len(one), 1), AT_ONCE)
        found = [self._levels.patterns(one[at : at + AT_ONCE], other[at : at + AT_ONCE]) for at in steps]
        return np.concatenate(found)


def _by_chance(every: int) -> tuple[Ints, Ints]:
    """Pairs from all over the table: each record with one further on, by ever other steps."""
    at = np.arange(BY_CHANCE if every > 1 else 0, dtype=np.int64)
    one, other = at % max(every, 1), at * STEP % max(every, 1)
    return one[one != other], other[one != other]


def _counted(found: Ints) -> Seen:
    return seen(*np.unique(found, return_counts=True))
