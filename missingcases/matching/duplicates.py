"""Which records of a whole table are likely one person: blocks, patterns, fitted weights. Pure.

The table stands in arrays. How a pair's fields stand to each other is one integer, the weights are fitted to
how often each such pattern is there, and each pattern is weighed once, by the rule for a single pair.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from missingcases.matching import blocking
from missingcases.matching.adapting import Evidence, adapted
from missingcases.matching.columns import Ints, columns
from missingcases.matching.comparing import Pattern, Profile
from missingcases.matching.levels import Levels, pattern
from missingcases.matching.weights import DUPLICATE, Weights

Pair = tuple[int, int]
# How many pairs taken by chance tell what strangers have in common.
BY_CHANCE = 20_000
STEP = 7919
# How many pairs are compared at once, which bounds the memory.
AT_ONCE = 100_000


@dataclass(frozen=True)
class Scored:
    """The odds of the likely pairs, in bits, and how the two of each stand to each other."""

    scores: Mapping[Pair, float]
    patterns: Mapping[Pair, Pattern]
    weights: Weights


def scored(
    known: Iterable[tuple[int, Profile]],
    *,
    least: float = DUPLICATE,
    counts: Callable[[Pair], bool] | None = None,
    pairs: int | None = None,
) -> Scored:
    """Compare whoever shares a block, with weights fitted to the table; keep pairs of at least such odds.

    The records come in the order of their ids. `counts` says of a pair whether it is asked about at all,
    `pairs` how many such there are: where two tables are linked, only pairs across them are.
    """
    people = list(known)
    ids, profiles = [at for at, _ in people], [profile for _, profile in people]
    table = columns(profiles)
    asked = None if counts is None else lambda one, other: counts((ids[one], ids[other]))
    one, other = blocking.pairs(table, asked)
    levels = Levels(table)
    found = _compared(levels, one, other)
    chance = _compared(levels, *_by_chance(len(ids)))
    every = len(ids) * (len(ids) - 1) // 2 if pairs is None else pairs
    each, at, often = np.unique(found, return_inverse=True, return_counts=True)
    patterns = [pattern(packed) for packed in each.tolist()]
    weights = adapted(
        Evidence(dict(zip(patterns, often.tolist(), strict=True)), _counted(chance), len(ids), every)
    )
    odds = np.array([weights.odds + weights.score(one) for one in patterns], np.float64)
    likely = np.flatnonzero(odds[at] >= least)
    met = [
        (ids[first], ids[second])
        for first, second in zip(one[likely].tolist(), other[likely].tolist(), strict=True)
    ]
    return Scored(
        dict(zip(met, odds[at[likely]].tolist(), strict=True)),
        dict(zip(met, (patterns[which] for which in at[likely].tolist()), strict=True)),
        weights,
    )


def _compared(levels: Levels, one: Ints, other: Ints) -> Ints:
    """The pattern of each pair as one integer."""
    steps = range(0, max(len(one), 1), AT_ONCE)
    return np.concatenate([levels.patterns(one[at : at + AT_ONCE], other[at : at + AT_ONCE]) for at in steps])


def _by_chance(every: int) -> tuple[Ints, Ints]:
    """Pairs from all over the table: each record with one further on, by ever other steps."""
    at = np.arange(BY_CHANCE if every > 1 else 0, dtype=np.int64)
    one, other = at % max(every, 1), at * STEP % max(every, 1)
    return one[one != other], other[one != other]


def _counted(found: Ints) -> dict[Pattern, int]:
    each, often = np.unique(found, return_counts=True)
    return {pattern(packed): many for packed, many in zip(each.tolist(), often.tolist(), strict=True)}
