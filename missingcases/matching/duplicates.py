"""Which records of a whole table are likely one person: blocks, patterns, fitted weights. Pure.

What is held grows with the records, never with their square: a small profile of each, eight bytes for each
pair to compare, and the pairs that are likely. The weights are fitted to a sample where there are many pairs;
the others are compared, weighed and forgotten.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, TypeVar, cast

from missingcases.matching import rarity
from missingcases.matching.adapting import Evidence, adapted
from missingcases.matching.blocking import PARTS, Blocks, apart
from missingcases.matching.comparing import Pattern, Profile, pattern_of
from missingcases.matching.weights import DUPLICATE, Weights

T = TypeVar("T", bound=Hashable)
Pair = tuple[int, int]
Found = tuple[Pair, Pattern]
# How many pairs taken by chance tell what strangers have in common.
BY_CHANCE = 20_000
STEP = 7919
# How many pairs that share a block are enough to fit the weights to.
FITTED_TO = 250_000


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
    counts: Callable[[Pair], bool] = lambda pair: True,
    pairs: int | None = None,
) -> Scored:
    """Compare whoever shares a block, with weights fitted to the table; keep pairs of at least such odds.

    The records come in the order of their ids. `counts` says of a pair whether it is asked about at all,
    `pairs` how many such there are: where two tables are linked, only pairs across them are.
    """
    table = _Table(known, counts)
    parts = table.blocks.pairs(table.profiles)
    enough = _how_many(parts)
    sample = list(chain.from_iterable(map(table.compared, parts[:enough])))
    every = table.pairs if pairs is None else pairs
    weights = adapted(Evidence(_often(sample, PARTS / enough), table.by_chance(), len(table.profiles), every))
    others = chain.from_iterable(map(table.compared, parts[enough:]))
    return _weighed(chain(sample, others), weights, least)


class _Table:
    """The records, each in its blocks, and how any two of them stand to each other."""

    def __init__(self, known: Iterable[tuple[int, Profile]], counts: Callable[[Pair], bool]) -> None:
        self.ids = array("q")
        self.profiles: list[Profile] = []
        self.blocks = Blocks()
        self._counts = counts
        met: dict[Hashable, Any] = {}
        for at, profile in known:
            self.ids.append(at)
            self.blocks.add(profile)
            self.profiles.append(_small(profile, met))
        self._rare = rarity.of_people(self.profiles)
        self._patterns: dict[Pattern, Pattern] = {}

    @property
    def pairs(self) -> int:
        """How many pairs there are, likely or not."""
        return len(self.ids) * (len(self.ids) - 1) // 2

    def compared(self, part: array[int]) -> Iterator[Found]:
        """The pairs of a part, compared; equal patterns are one object."""
        for one, other in apart(part):
            if self._counts(pair := (self.ids[one], self.ids[other])):
                yield pair, self._compared(one, other)

    def by_chance(self) -> Counter[Pattern]:
        """Pairs from all over the table: each record with one further on, by ever other steps."""
        every = len(self.profiles)
        pairs = ((at % every, at * STEP % every) for at in range(BY_CHANCE if every > 1 else 0))
        return Counter(self._compared(one, other) for one, other in pairs if one != other)

    def _compared(self, one: int, other: int) -> Pattern:
        pattern = pattern_of(self.profiles[one], self.profiles[other], self._rare)
        return self._patterns.setdefault(pattern, pattern)


def _small(profile: Profile, met: dict[Hashable, Any]) -> Profile:
    """The profile in little room: what others have too is one object, and places are for blocks alone."""

    def once(thing: T) -> T:
        return cast("T", met.setdefault(thing, thing))

    return replace(
        profile,
        given=once(profile.given),
        family=once(profile.family),
        born=once(profile.born),
        phones=tuple(profile.phones),
        address=tuple(once(part) for part in profile.address),
        places=(),
    )


def _how_many(parts: list[array[int]]) -> int:
    """How many parts hold enough pairs to fit the weights to."""
    held = 0
    for at, part in enumerate(parts, start=1):
        held += len(part)
        if held >= FITTED_TO:
            return at
    return len(parts)


def _often(sample: Iterable[Found], times: float) -> dict[Pattern, float]:
    """How often each pattern is in the whole table, by a sample of it."""
    return {pattern: often * times for pattern, often in Counter(found for _, found in sample).items()}


def _weighed(compared: Iterable[Found], weights: Weights, least: float) -> Scored:
    """The pairs whose odds are no less; each pattern is weighed once."""
    scores: dict[Pair, float] = {}
    patterns: dict[Pair, Pattern] = {}
    odds: dict[Pattern, float] = {}
    for pair, pattern in compared:
        if pattern not in odds:
            odds[pattern] = weights.odds + weights.score(pattern)
        if odds[pattern] >= least:
            scores[pair], patterns[pair] = odds[pattern], pattern
    return Scored(scores, patterns, weights)
