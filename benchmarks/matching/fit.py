"""Counting the weights on made data: `python -m benchmarks.matching.fit` prints the table of `weights.py`."""

from __future__ import annotations

import random
from collections import Counter
from math import log2

from benchmarks.matching.made import made
from benchmarks.matching.ours import profiles
from missingcases.matching.rarity import Rarity, of_people
from missingcases.matching.scoring import Profile, levels

SEED, PEOPLE, RANDOM_PAIRS = 1, 5_000, 150_000


def main() -> None:
    """Count how often each level is seen between records of one person and of two."""
    tables = (made("fit", SEED, people=PEOPLE), made("fit twice", SEED + 100, people=PEOPLE // 2, edits=2))
    same: Counter[tuple[str, str]] = Counter()
    other: Counter[tuple[str, str]] = Counter()
    for data in tables:
        known = profiles(data)
        rare = of_people(known.values())
        truth = data.truth()
        for one, two in truth:
            _count(same, known[one], known[two], rare)
        chance = random.Random(SEED)
        for _ in range(RANDOM_PAIRS):
            one, two = chance.sample(range(len(known)), 2)
            if (min(one, two), max(one, two)) not in truth:
                _count(other, known[one], known[two], rare)
    fields = sorted({field for field, _ in (*same, *other)})
    for field in fields:
        known_levels = sorted({level for name, level in (*same, *other) if name == field})
        all_same = sum(same[field, level] for level in known_levels if level != "not_known")
        all_other = sum(other[field, level] for level in known_levels if level != "not_known")
        for level in known_levels:
            if level != "not_known":
                m = (same[field, level] + 0.5) / (all_same + 1)
                # An order is chosen because it fits better, so what counts is how often names are exchanged.
                kept = (same["order", "kept"] + 0.5) / (all_same + 1)
                u = kept if field == "order" else (other[field, level] + 0.5) / (all_other + 1)
                print(f"{field:10} {level:14} {log2(m / u):6.2f}   m {m:.5f}  u {u:.7f}")


def _count(counter: Counter[tuple[str, str]], one: Profile, other: Profile, rare: Rarity) -> None:
    for field, level in levels(one, other, rare).items():
        counter[field, level] += 1


if __name__ == "__main__":
    main()
