"""One record as every contestant gets it, and a set of records with the pairs that are one person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of somebody, as text; `person` and `home` are the truth and told to nobody."""

    person: str
    given: str
    family: str
    born: str
    number: str
    street: str
    suburb: str
    postcode: str
    sex: str = ""
    phone: str = ""
    side: int = 0
    home: str = ""

    @property
    def address(self) -> str:
        """The address as it would be written in one line."""
        return f"{self.number} {self.street} {self.suburb} {self.postcode}"

    def with_(self, **changes: str) -> Record:
        """The record with some fields written otherwise."""
        return replace(self, **changes)


@dataclass(frozen=True)
class Data:
    """Records of one kind. With two sides only pairs across them count (a link of two tables)."""

    name: str
    records: Sequence[Record]
    linked: bool = False

    def truth(self) -> set[Pair]:
        """The pairs of positions that are one person."""
        groups: dict[str, list[int]] = defaultdict(list)
        for at, one in enumerate(self.records):
            groups[one.person].append(at)
        pairs = {pair for group in groups.values() for pair in combinations(group, 2)}
        return {pair for pair in pairs if self.counts(pair)}

    def counts(self, pair: Pair) -> bool:
        """Whether a pair is asked about at all."""
        return not self.linked or self.records[pair[0]].side != self.records[pair[1]].side

    def pairs(self) -> int:
        """How many pairs are asked about."""
        second = sum(one.side for one in self.records)
        every = len(self.records)
        return (every - second) * second if self.linked else every * (every - 1) // 2


@dataclass(frozen=True, slots=True)
class Figures:
    """Precision, recall and their harmonic mean, of pairs."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def figures(found: set[Pair], truth: set[Pair]) -> Figures:
    """How `found` stands to the truth."""
    right = len(found & truth)
    return Figures(right / len(found) if found else 0.0, right / len(truth) if truth else 0.0)


def best_threshold(scores: dict[Pair, float], truth: set[Pair]) -> tuple[float, Figures]:
    """The score above which F1 is highest, half-way to the next lower score."""
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    best, right, at = (0.0, 0.0), 0, 0
    for place, (pair, score) in enumerate(ranked, start=1):
        right += pair in truth
        if place < len(ranked) and ranked[place][1] == score:
            continue
        value = 2 * right / (place + len(truth))
        if value > best[0]:
            lower = ranked[place][1] if place < len(ranked) else score - 1
            best, at = (value, (score + lower) / 2), place
    chosen = {pair for pair, _ in ranked[:at]}
    return best[1], figures(chosen, truth)
