"""Fitting the weights to one table of records, without being told which of them are the same. Pure.

This is expectation maximisation (Winkler, 1988) with three kinds of pairs: one person, two of one household,
strangers. Without the second, people who share a home, a family name and a telephone would teach it that
these say little, or be taken for one person. The general weights count as some pairs seen before, so that a
small table, or one without a repeat, changes little.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np

from missingcases.matching.columns import Bools, Floats, Ints
from missingcases.matching.counted import Table
from missingcases.matching.levels import LEVELS, numbers
from missingcases.matching.weights import FIELDS, GENERAL, NOT_KNOWN, SHARED, Weights

Counts = dict[str, dict[str, float]]
# Every level of every field, by its number in what follows.
_LEVELS = [(field, level) for field in FIELDS for level in (NOT_KNOWN, *GENERAL.of_strangers[field])]
# The same of each field, in the order of `levels.LEVELS`.
_PLACES = [
    np.array([_LEVELS.index((field, level)) for level in levels], np.int64)
    for field, levels in zip(FIELDS, LEVELS, strict=True)
]
ROUNDS = 12
# How many pairs of one person or household, and of strangers, the general weights count as.
SEEN_ALIKE, SEEN_STRANGERS = 200, 20_000
# Repeats and relatives for each record before anything is known of the table.
REPEATS, RELATIVES = 0.3, 0.05


@dataclass(frozen=True)
class Seen:
    """Patterns as arrays: which levels (one where it is one of them, else nought), bits of rare names and
    whether there are any, how often each is seen.
    """

    levels: Floats
    rarities: Floats
    is_rare: Bools
    often: Ints


def seen(packed: Ints, often: Ints | None = None) -> Seen:
    """Patterns, each one integer, put into arrays; once each where nobody counted."""
    *levels, given, family = numbers(packed)
    said = np.stack((given, family), axis=1)
    many = np.ones(len(packed), np.int64) if often is None else often
    of_each = np.zeros((len(packed), len(_LEVELS)))
    for places, level in zip(_PLACES, levels, strict=True):
        of_each[np.arange(len(packed)), places[level]] = 1
    return Seen(of_each, np.maximum(said - 1, 0) / 2, said > 0, many)


@dataclass(frozen=True)
class Evidence:
    """How the pairs of a table stand: those of a block, some by chance, and how many there are at all."""

    blocked: Seen
    by_chance: Seen
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
        fitted = _improved(fitted, evidence.blocked, evidence.by_chance, evidence.pairs)
    return fitted


def odds(weights: Weights, found: Seen) -> Floats:
    """The odds that the two of each pattern are one person, in bits: `Weights.score` of many at once."""
    same, household = against_strangers(weights, found)
    return weights.odds + same - np.log2(1 + weights.household * 2**household)


def _improved(now: Weights, blocked: Seen, by_chance: Seen, pairs: float) -> Weights:
    is_same, is_household = _shares(now, blocked)
    same_by_chance, household_by_chance = _shares(now, by_chance)
    is_stranger = 1 - same_by_chance - household_by_chance
    same, household = _counted(blocked, is_same), _counted(blocked, is_household)
    return Weights(
        of_same=_fitted(GENERAL.of_same, same, SEEN_ALIKE, FIELDS),
        of_household=_fitted(GENERAL.of_household, household, SEEN_ALIKE, SHARED),
        # An order is chosen because it fits better, which strangers say nothing about.
        of_strangers=_fitted(
            GENERAL.of_strangers, _counted(by_chance, is_stranger), SEEN_STRANGERS, set(FIELDS) - {"order"}
        ),
        same=(1 + float(blocked.often @ is_same)) / max(pairs, 1),
        household=(1 + float(blocked.often @ is_household)) / max(pairs, 1),
    )


def _shares(now: Weights, found: Seen) -> tuple[Floats, Floats]:
    """How likely each such pair is one person, and how likely it is two of one household."""
    for_same, for_household = against_strangers(now, found)
    same, household = now.same * 2**for_same, now.household * 2**for_household
    return same / (1 + same + household), household / (1 + same + household)


def against_strangers(now: Weights, found: Seen) -> tuple[Floats, Floats]:
    """`Weights.against_strangers` of many patterns at once."""
    bits = found.levels @ np.array([now.both_bits(field, level) for field, level in _LEVELS])
    rare = found.rarities + [np.log2(now.of_strangers[field]["same"]) for field in ("given", "family")]
    more = rare * found.is_rare
    return bits[:, 0] + more.sum(axis=1), bits[:, 1] + more[:, 1]


def _counted(found: Seen, share: Floats) -> Counts:
    """How often each level is seen, each pattern counted by its share; what is not known is left out."""
    totals = ((found.often * share) @ found.levels).tolist()
    counts: Counts = {field: {} for field in FIELDS}
    for (field, level), total in zip(_LEVELS, totals, strict=True):
        if level != NOT_KNOWN:
            counts[field][level] = total
    return counts


def _fitted(general: Table, counts: Counts, seen: int, fields: Collection[str]) -> Table:
    return {
        field: _both(levels, counts[field], seen) if field in fields else levels
        for field, levels in general.items()
    }


def _both(levels: Mapping[str, float], counted: Mapping[str, float], seen: int) -> dict[str, float]:
    """The shares counted, with the general ones as so many pairs seen before."""
    total = sum(counted.values()) + seen
    return {level: (counted.get(level, 0.0) + seen * share) / total for level, share in levels.items()}
