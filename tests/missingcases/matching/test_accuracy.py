"""How well pairs are found, as floors: `python3 dev.py bench matching` prints the figures and the rivals'."""

from __future__ import annotations

import pytest

from benchmarks.matching import intake, ours
from benchmarks.matching.febrl import febrl
from benchmarks.matching.made import made
from benchmarks.matching.records import Data, figures
from missingcases.matching import blocking
from missingcases.matching.columns import columns


def found(data: Data) -> set[tuple[int, int]]:
    return {pair for pair, score in ours.scored(data).items() if score >= 0}


@pytest.mark.parametrize(
    ("data", "floor"),
    [
        (febrl(1), 0.998),
        (made("made", 11, people=700), 0.97),
        (made("two-edit errors", 12, people=700, edits=2), 0.95),
        (made("no relatives", 13, people=700, related=0, most=6), 0.96),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_pairs_are_found_at_least_this_well(data: Data, floor: float) -> None:
    assert figures(found(data), data.truth()).f1 >= floor


def test_blocking_loses_next_to_nothing_and_compares_next_to_none() -> None:
    data = made("blocks", 13, people=700, edits=2)
    one, other = blocking.pairs(columns(list(ours.profiles(data).values())))
    blocked = set(zip(one.tolist(), other.tolist(), strict=True))
    assert len(blocked & data.truth()) >= 0.985 * len(data.truth())
    assert len(blocked) < 0.02 * len(data.records) ** 2 / 2


@pytest.mark.django_db
def test_the_intake_search_finds_next_to_everybody_it_holds() -> None:
    found = intake.measure(made("intake", 14, people=150, edits=2))
    assert found.among_20 >= 0.98
