"""What is hidden beside a small number, where the reader knows some of the numbers from elsewhere."""

from __future__ import annotations

import random

import pytest

from foundation.suppression import Sum, hidden, worked_out

SUMS = [Sum("all", ("with", "without"))]
MARGINS = {"row", "column"}


def test_what_the_reader_knows_is_never_hidden_in_the_place_of_what_they_do_not() -> None:
    counts = {"all": 12, "with": 30, "without": 2}
    assert hidden(counts, SUMS, fewest=10, cost=lambda one: int(one == "with")) == {"without", "all"}
    assert hidden(counts, SUMS, fewest=10, known=["all"]) == {"without", "with"}


def test_a_small_number_that_is_known_hides_nothing_beside_it() -> None:
    assert hidden({"all": 40, "with": 38, "without": 2}, SUMS, fewest=10, known=["without"]) == set()
    # And nothing can be done where all the rest is known.
    assert hidden({"all": 40, "with": 38, "without": 2}, SUMS, fewest=10, known=["all", "with"]) == {
        "without"
    }


def test_a_detail_is_hidden_before_a_total_where_a_small_number_follows_from_several_sums() -> None:
    # "few" is what "one" leaves over "both", and "both" what "other" leaves over "more".
    counts = {"one": 33, "few": 2, "both": 31, "other": 71, "more": 40}
    sums = [Sum("one", ("few", "both")), Sum("other", ("both", "more"))]
    gone = hidden(counts, sums, fewest=5, untold=["both"], cost=lambda name: int(name in {"one", "other"}))
    assert gone == {"few", "both", "more"}


@pytest.mark.parametrize("seed", range(20))
def test_of_a_large_table_the_totals_are_told_and_no_small_number_follows(seed: int) -> None:
    chance = random.Random(seed)
    rows, columns = range(8), range(5)
    counts: dict[object, int] = {
        (row, column): chance.choice([0, 1, 3, 60, 200, 900]) for row in rows for column in columns
    }
    counts |= {("row", row): sum(counts[row, one] for one in columns) for row in rows}
    counts |= {("column", column): sum(counts[one, column] for one in rows) for column in columns}
    counts["all"] = sum(counts["row", row] for row in rows)
    sums = [
        *(Sum(("row", row), tuple((row, one) for one in columns)) for row in rows),
        *(Sum(("column", column), tuple((one, column) for one in rows)) for column in columns),
        Sum("all", tuple(("row", row) for row in rows)),
        Sum("all", tuple(("column", column) for column in columns)),
    ]
    gone = hidden(counts, sums, fewest=5, cost=lambda cell: 2 if cell == "all" else int(cell[0] in MARGINS))
    assert "all" not in gone
    assert not worked_out(sums, gone) & {cell for cell, count in counts.items() if count < 5}
    assert len(gone) < len(counts)
