"""Counting on made data: `python -m benchmarks.matching.fit` prints the tables of `counted.py`."""

from __future__ import annotations

import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations

from benchmarks.matching.made import made
from benchmarks.matching.ours import profiles
from benchmarks.matching.records import Data, Pair
from missingcases.matching.comparing import pattern_of
from missingcases.matching.rarity import of_people
from missingcases.matching.weights import FIELDS, NOT_KNOWN

SEED, PEOPLE, RANDOM_PAIRS = 1, 5_000, 150_000
Counts = dict[str, dict[str, Counter[str]]]


def main() -> None:
    """Count how often each level is seen between records of one person, of one household, of strangers."""
    counts: Counts = defaultdict(lambda: defaultdict(Counter))
    for data in (
        made("relatives", SEED, people=PEOPLE),
        made("two edits", SEED + 100, people=PEOPLE // 2, edits=2),
        made("no relatives", SEED + 200, people=PEOPLE // 2, related=0, most=6),
    ):
        _count(counts, data)
    for kind in counts:
        sys.stdout.write(f"{kind}\n")
        for field in FIELDS:
            shares = ", ".join(f'"{level}": {share:.3g}' for level, share in _shares(counts, kind, field))
            sys.stdout.write(f'    "{field}": {{{shares}}},\n')


def _shares(counts: Counts, kind: str, field: str) -> Iterator[tuple[str, float]]:
    levels = sorted({level for fields in counts.values() for level in fields[field]})
    seen = counts[kind][field]
    for level in levels:
        yield level, (seen[level] + 0.5) / (sum(seen.values()) + 0.5 * len(levels))


def _count(counts: Counts, data: Data) -> None:
    known = profiles(data)
    rare = of_people(known.values())
    truth = data.truth()
    for kind, pairs in (
        ("of_same", truth),
        ("of_household", _relatives(data)),
        ("of_strangers", _strangers(data)),
    ):
        for one, other in pairs:
            for field, level in zip(FIELDS, pattern_of(known[one], known[other], rare).levels, strict=True):
                if level != NOT_KNOWN:
                    counts[kind][field][level] += 1


def _relatives(data: Data) -> Iterator[Pair]:
    homes: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(data.records):
        homes[one.home].append(at)
    people = [one.person for one in data.records]
    found = (pair for home in homes.values() for pair in combinations(home, 2))
    return ((one, other) for one, other in found if people[one] != people[other])


def _strangers(data: Data) -> Iterator[Pair]:
    chance = random.Random(SEED)
    for _ in range(RANDOM_PAIRS):
        one, other = chance.sample(range(len(data.records)), 2)
        if data.records[one].home != data.records[other].home:
            yield one, other


if __name__ == "__main__":
    main()
