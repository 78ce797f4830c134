"""Fitting the weights to one table of records, without being told which of them are the same. Pure.

This is expectation maximisation (Winkler, 1988) with three kinds of pairs: one person, two of one household,
strangers. Without the second, people who share a home, a family name and a telephone would teach it that
these say little, or be taken for one person. The general weights count as some pairs seen before, so that a
small table, or one without a repeat, changes little.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from missingcases.matching.comparing import Pattern
from missingcases.matching.counted import Table
from missingcases.matching.weights import FIELDS, GENERAL, NOT_KNOWN, SHARED, Weights

Counts = dict[str, dict[str, float]]
ROUNDS = 12
# How many pairs of one person or household, and of strangers, the general weights count as.
SEEN_ALIKE, SEEN_STRANGERS = 200, 20_000
# Repeats and relatives for each record before anything is known of the table.
REPEATS, RELATIVES = 0.3, 0.05


@dataclass(frozen=True)
class Evidence:
    """How the pairs of a table stand: those of a block, some by chance, and how many there are at all."""

    blocked: Mapping[Pattern, float]
    by_chance: Mapping[Pattern, int]
    records: int
    pairs: float


def adapted(evidence: Evidence) -> Weights:
    """The weights that explain the table best, kept near the general ones."""
    fitted = replace(
        GENERAL,
        same=REPEATS * evidence.records / max(evidence.pairs, 1),
        household=RELATIVES * evidence.records / max(evidence.pairs, 1),
    )
    for _ in range(ROUNDS):
        fitted = _improved(fitted, evidence)
    return fitted


def _improved(now: Weights, evidence: Evidence) -> Weights:
    same, household = _counters(), _counters()
    how_many_same = how_many_household = 1.0
    for found, often in evidence.blocked.items():
        is_same, is_household = _shares(now, found)
        how_many_same += often * is_same
        how_many_household += often * is_household
        _count(same, found, often * is_same)
        _count(household, found, often * is_household)
    strangers = _counters()
    for found, often in evidence.by_chance.items():
        _count(strangers, found, often * (1 - sum(_shares(now, found))))
    return Weights(
        of_same=_fitted(GENERAL.of_same, same, SEEN_ALIKE, FIELDS),
        of_household=_fitted(GENERAL.of_household, household, SEEN_ALIKE, SHARED),
        # An order is chosen because it fits better, which strangers say nothing about.
        of_strangers=_fitted(GENERAL.of_strangers, strangers, SEEN_STRANGERS, set(FIELDS) - {"order"}),
        same=how_many_same / max(evidence.pairs, 1),
        household=how_many_household / max(evidence.pairs, 1),
    )


def _shares(now: Weights, found: Pattern) -> tuple[float, float]:
    """How likely such a pair is one person, and how likely it is two of one household."""
    for_same, for_household = now.against_strangers(found)
    same, household = now.same * 2**for_same, now.household * 2**for_household
    return same / (1 + same + household), household / (1 + same + household)


def _counters() -> Counts:
    return {field: defaultdict(float) for field in FIELDS}


def _count(counts: Counts, found: Pattern, often: float) -> None:
    for field, level in zip(FIELDS, found.levels, strict=True):
        if level != NOT_KNOWN:
            counts[field][level] += often


def _fitted(general: Table, counts: Counts, seen: int, fields: Collection[str]) -> Table:
    return {
        field: _both(levels, counts[field], seen) if field in fields else levels
        for field, levels in general.items()
    }


def _both(levels: Mapping[str, float], counted: Mapping[str, float], seen: int) -> dict[str, float]:
    """The shares counted, with the general ones as so many pairs seen before."""
    total = sum(counted.values()) + seen
    return {level: (counted.get(level, 0.0) + seen * share) / total for level, share in levels.items()}
