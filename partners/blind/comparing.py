"""Comparing two lists of patterns. Pure; memory is bounded by blocks of rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from partners.blind.encoding import BYTES
from partners.blind.likeness import THRESHOLD, Pair

BLOCK = 512
_Words = NDArray[np.uint64]
_Floats = NDArray[np.float64]


@dataclass(slots=True)
class _Side:
    """The likeliest and the next likeliest of each of one list, so far."""

    best: _Floats
    second: _Floats


def likely_pairs(
    theirs: Sequence[bytes], ours: Sequence[bytes], threshold: float = THRESHOLD, block: int = BLOCK
) -> list[Pair]:
    """Pairs in which each is the other's likeliest, from the threshold up, the strongest first.

    Equals for first place are all given: who is who among twins, a person decides.
    """
    if not theirs or not ours:
        return []
    rows, columns = _words(theirs), _words(ours)
    many_rows, many_columns = _counted(rows), _counted(columns)
    of_ours = _Side(np.zeros(len(ours)), np.zeros(len(ours)))
    found: list[tuple[Pair, float]] = []
    for begin in range(0, len(theirs), block):
        part = slice(begin, begin + block)
        alike = _likeness(rows[part], columns, many_rows[part], many_columns)
        _take(of_ours, alike)
        found += _firsts(alike, begin, threshold)
    return sorted(
        _standing_out(found, of_ours, threshold), key=lambda pair: (-pair.score, pair.theirs, pair.ours)
    )


def _firsts(alike: _Floats, begin: int, threshold: float) -> Iterator[tuple[Pair, float]]:
    """For each row its likeliest, with the next likeliest beside it. No score is above twice a likeness."""
    top = _two_highest(alike, axis=1)
    for row, column in zip(*np.nonzero((alike >= top.best[:, None]) & (2 * alike >= threshold)), strict=True):
        likeness = float(alike[row, column])
        yield Pair(begin + int(row), int(column), likeness, likeness), float(top.second[row])


def _standing_out(found: list[tuple[Pair, float]], of_ours: _Side, threshold: float) -> Iterator[Pair]:
    for pair, next_of_theirs in found:
        if pair.likeness < of_ours.best[pair.ours]:
            continue
        next_best = max(next_of_theirs, float(of_ours.second[pair.ours]))
        score = 2 * pair.likeness - next_best
        if score >= threshold:
            yield replace(pair, score=score)


def _take(side: _Side, alike: _Floats) -> None:
    """The two likeliest of each column, with those of further rows."""
    both = _two_highest(np.vstack((side.best, side.second, alike)), axis=0)
    side.best, side.second = both.best, both.second


def _two_highest(alike: _Floats, axis: int) -> _Side:
    if alike.shape[axis] < 2:
        best = alike.max(axis=axis)
        return _Side(best, np.zeros_like(best))
    highest = np.partition(alike, alike.shape[axis] - 2, axis=axis)
    return _Side(highest[-1], highest[-2]) if axis == 0 else _Side(highest[:, -1], highest[:, -2])


def share_set(patterns: Sequence[bytes]) -> _Floats:
    """The share of places that each pattern has set (0 to 1)."""
    return _counted(_words(patterns)) / (8 * BYTES)


def _words(patterns: Sequence[bytes]) -> _Words:
    return np.frombuffer(b"".join(patterns), np.uint64).reshape(len(patterns), BYTES // 8)


def _counted(words: _Words) -> _Floats:
    return np.bitwise_count(words).sum(axis=1, dtype=np.int64).astype(np.float64)


def _likeness(rows: _Words, columns: _Words, many_rows: _Floats, many_columns: _Floats) -> _Floats:
    """Dice of every pair: twice what both have set, of what each has."""
    both = np.zeros((len(rows), len(columns)), np.uint16)
    for word in range(rows.shape[1]):
        both += np.bitwise_count(rows[:, word, None] & columns[None, :, word])
    whole = many_rows[:, None] + many_columns[None, :]
    return 2.0 * both / np.maximum(whole, 1.0)
