"""Two parties' lists of made people, of whom some are on both, to fix the threshold of blind matching on.

`python -m benchmarks.reports.blind_made` prints what docs/blind-matching.md quotes. FEBRL 4 is not read here.
"""

from __future__ import annotations

import sys
import time

from benchmarks.matching.made import RELATED, Maker
from benchmarks.matching.records import Data, Pair, Record, best_threshold, figures
from partners.blind.comparing import likely_pairs
from partners.blind.encoding import Known, pattern_of
from partners.blind.likeness import STRONG, THRESHOLD

KEY = bytes(range(32))
PEOPLE = 5_000
ON_BOTH = 0.2
# The threshold is the mean of the best on these; the others only show how it does elsewhere.
CHOOSING = (
    {"seed": 2},
    {"seed": 3, "edits": 2},
    {"seed": 4, "related": 0.0, "most": 6},
)
SHOWN = (
    ("made, seed 12", {"seed": 12}),
    ("two-edit errors, seed 13", {"seed": 13, "edits": 2}),
    ("no relatives, up to six things otherwise, seed 14", {"seed": 14, "related": 0.0, "most": 6}),
    ("half without sex and place, seed 16", {"seed": 16, "bare": 0.5}),
    ("all without sex and place, seed 15", {"seed": 15, "bare": 1.0}),
    ("one in twenty on both, seed 17", {"seed": 17, "both": 0.05}),
    ("400 people, seed 18", {"seed": 18, "people": 400}),
)


def two_lists(
    *,
    seed: int,
    people: int = PEOPLE,
    both: float = ON_BOTH,
    edits: int = 1,
    related: float = RELATED,
    most: int = 4,
    bare: float = 0.0,
) -> Data:
    """`people`, `both` of them on both lists, written otherwise; `bare` of side 1 lacks sex and place."""
    maker = Maker(seed)
    records: list[Record] = []
    last: Record | None = None
    for number in range(people):
        near = last if last and maker.chance.random() < related else None
        last = maker.relative(near, str(number)) if near else maker.person(str(number))
        sides = (0, 1) if maker.chance.random() < both else (maker.chance.randrange(2),)
        for side in sides:
            written = maker.again(last, edits, most) if len(sides) == 2 and side else last
            if side and maker.chance.random() < bare:
                written = written.with_(sex="", postcode="", suburb="")
            records.append(written.with_(side=side))
    return Data("made", records, linked=True)


def known_of(one: Record) -> Known:
    """What is encoded of a record: no street, no telephone number; of the postcode the district."""
    return Known(one.given, one.family, one.born, one.sex, next(iter(one.postcode.split()), ""), one.suburb)


def scored(data: Data, threshold: float = 0.0) -> dict[Pair, float]:
    """The likely pairs of side 1 with side 0."""
    sides = [[at for at, one in enumerate(data.records) if one.side == side] for side in (0, 1)]
    ours, theirs = ([pattern_of(known_of(data.records[at]), KEY) for at in side] for side in sides)
    found = {}
    for pair in likely_pairs(theirs, ours, threshold):
        one, other = sides[0][pair.ours], sides[1][pair.theirs]
        found[min(one, other), max(one, other)] = pair.score
    return found


def at(scores: dict[Pair, float], threshold: float) -> set[Pair]:
    """The pairs from a threshold up."""
    return {pair for pair, score in scores.items() if score >= threshold}


def main() -> None:
    """Print the best threshold of each choosing list, then how the fixed ones do on lists not chosen on."""
    best = []
    for kind in CHOOSING:
        data = two_lists(**kind)  # type: ignore[arg-type]
        threshold, found = best_threshold(scored(data), data.truth())
        best.append(threshold)
        sys.stdout.write(f"{kind}: best at {threshold:.3f}, F1 {found.f1:.4f}\n")
    sys.stdout.write(f"mean of the best {sum(best) / len(best):.3f}; in force {THRESHOLD}, strong {STRONG}\n")
    sys.stdout.write("| lists | records | on both | precision | recall | F1 | precision of strong | s |\n")
    for name, kind in SHOWN:
        data = two_lists(**kind)  # type: ignore[arg-type]
        begun = time.perf_counter()
        scores = scored(data)
        took = time.perf_counter() - begun
        truth = data.truth()
        found, strong = (figures(at(scores, one), truth) for one in (THRESHOLD, STRONG))
        sys.stdout.write(
            f"| {name} | {len(data.records):,} | {len(truth):,} | {found.precision:.3f} | {found.recall:.3f} "
            f"| {found.f1:.3f} | {strong.precision:.3f} | {took:.1f} |\n"
        )


if __name__ == "__main__":
    main()
