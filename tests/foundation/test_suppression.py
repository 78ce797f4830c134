"""What is hidden beside a small number, where the reader knows some of the numbers from elsewhere."""

from __future__ import annotations

from foundation.suppression import Sum, hidden

SUMS = [Sum("all", ("with", "without"))]


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
