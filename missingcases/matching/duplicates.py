"""Which records of a whole table are likely one person: blocks, patterns, fitted weights. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from missingcases.matching import blocking, rarity
from missingcases.matching.adapting import Evidence, adapted
from missingcases.matching.blocking import Pair
from missingcases.matching.comparing import Pattern, Profile, pattern_of
from missingcases.matching.rarity import Rarity
from missingcases.matching.weights import Weights

# How many pairs taken by chance tell what strangers have in common.
BY_CHANCE = 20_000
STEP = 7919


@dataclass(frozen=True)
class Scored:
    """The odds of each pair that shares a block, in bits, and how the two stand to each other."""

    scores: Mapping[Pair, float]
    patterns: Mapping[Pair, Pattern]
    weights: Weights


def scored(
    known: Mapping[int, Profile],
    *,
    counts: Callable[[Pair], bool] = lambda pair: True,
    pairs: int | None = None,
) -> Scored:
    """Compare whoever shares a block, with weights fitted to the table.

    `counts` says of a pair whether it is asked about at all, `pairs` how many such there are: where two
    tables are linked, only pairs across them are.
    """
    rare = rarity.of_people(known.values())
    found = {
        pair: pattern_of(known[pair[0]], known[pair[1]], rare)
        for pair in blocking.pairs(known)
        if counts(pair)
    }
    every = len(known) * (len(known) - 1) // 2 if pairs is None else pairs
    blocked = Counter(found.values())
    weights = adapted(Evidence(blocked, _by_chance(known, rare), len(known), every))
    odds = {pattern: weights.odds + weights.score(pattern) for pattern in blocked}
    return Scored({pair: odds[pattern] for pair, pattern in found.items()}, found, weights)


def _by_chance(known: Mapping[int, Profile], rare: Rarity) -> Counter[Pattern]:
    """Pairs from all over the table: each record with one further on, by ever other steps."""
    ids = sorted(known)
    every = len(ids)
    pairs = ((at % every, at * STEP % every) for at in range(BY_CHANCE if every > 1 else 0))
    return Counter(pattern_of(known[ids[one]], known[ids[two]], rare) for one, two in pairs if one != two)
