"""How the bench measures, compares and tells."""

from __future__ import annotations

import pytest

from benchmarks import table
from benchmarks.harness import Measured, measure, read_back
from benchmarks.load import Check, Goal, Load, Ready, Took
from benchmarks.loading import every_load, names

pytestmark = pytest.mark.django_db


def toy(ours: float, peer: float | None, limit: float | None) -> Load:
    """A load whose sides say themselves what they took."""

    def unit(seconds: float | None):
        return None if seconds is None else lambda: Took(seconds, 2)

    def prepare(rows: int) -> Ready:
        return Ready(
            ours=unit(ours),
            peer=unit(peer),
            limit=unit(limit),
            counters=lambda: {"buffers": rows / 10},
            checks=lambda: [Check("nothing was lost", "0", rows > 0)],
        )

    return Load("toy", "a toy", Goal(peer=4, limit=0.5, growth=1.4), prepare, rounds=3)


def test_ratios_are_how_often_as_fast_and_which_part() -> None:
    found = measure(toy(0.2, 1.0, 0.05), 100)
    assert found.times_the_peer == pytest.approx(5)
    assert found.part_of_the_limit == pytest.approx(0.25)
    assert found.milliseconds == pytest.approx({"ours": 100, "peer": 500, "limit": 25})


def test_a_table_says_what_was_missed() -> None:
    load = toy(0.2, 1.0, 0.05)
    small, large = measure(load, 10_000), measure(load, 1_000_000)
    row = table.lines(load, [small, large])[-1]
    assert "| a toy | 1M | 100 ms | 500 ms | 25.00 ms | 5.00 (5.00-5.00) | 0.25 (0.25-0.25) |" in row
    assert "100.00 (buffers)" in row
    assert ">= 4x the peer: reached; >= 0.5 of the limit: MISSED; growth <= 1.4: MISSED" in row
    assert any("nothing was lost: 0 (reached)" in line for line in table.counters(load, [small, large]))


def test_a_side_that_is_not_there_is_left_out() -> None:
    load = toy(0.2, None, None)
    found = measure(load, 10)
    assert (found.times_the_peer, found.part_of_the_limit) == (None, None)
    assert table.reached(load, [found]) == []


def test_figures_come_back_from_their_file() -> None:
    found = measure(toy(0.2, 1.0, 0.05), 100)
    assert read_back(found.told()) == found
    assert isinstance(found, Measured)


def test_every_load_is_named_as_its_file() -> None:
    assert [load.name for load in every_load()] == names()
