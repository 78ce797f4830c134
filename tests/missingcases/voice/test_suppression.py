"""Small numbers are not told, and cannot be worked out from those that are."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as some

from foundation import suppression
from foundation.suppression import Sum
from missingcases.voice.selectors.protecting import OTHERS, sums_of

FEW = 10


def told(counts, sums, away):
    return {name: count for name, count in counts.items() if name not in away}


def test_what_is_large_is_told() -> None:
    counts = {"n": 60, "yes": 40, "no": 20}
    assert suppression.hidden(counts, [Sum("n", ("yes", "no"))], fewest=FEW) == frozenset()


def test_a_small_number_is_not_found_by_taking_the_others_from_the_whole() -> None:
    counts = {"n": 63, "yes": 40, "partly": 20, "no": 3}
    away = suppression.hidden(counts, [Sum("n", ("yes", "partly", "no"))], fewest=FEW)
    assert away == {"no", "partly"}


def test_two_small_ones_that_are_few_together_take_a_third_with_them() -> None:
    counts = {"n": 65, "yes": 40, "partly": 20, "no": 3, "not_sure": 2}
    away = suppression.hidden(counts, [Sum("n", ("yes", "partly", "no", "not_sure"))], fewest=FEW)
    assert away == {"no", "not_sure", "partly"}


def test_nothing_is_told_of_a_few_people() -> None:
    counts = {"n": 9, "yes": 9, "no": 0}
    assert suppression.hidden(counts, [Sum("n", ("yes", "no"))], fewest=FEW) == set(counts)


def test_nobody_is_as_few_as_somebody() -> None:
    """That none of forty said so tells of each of them what they did say."""
    counts = {"n": 40, "yes": 40, "no": 0}
    away = suppression.hidden(counts, [Sum("n", ("yes", "no"))], fewest=FEW)
    assert "no" in away
    assert not suppression.worked_out([Sum("n", ("yes", "no"))], away)


def test_a_year_does_not_tell_what_a_quarter_keeps() -> None:
    counts = {"q1": 4, "q2": 30, "q3": 50, "year": 84}
    away = suppression.hidden(counts, [Sum("year", ("q1", "q2", "q3"))], fewest=FEW)
    assert away == {"q1", "q2"}


def test_what_costs_most_is_hidden_last() -> None:
    counts = {"q1": 4, "q2": 30, "q3": 50, "year": 84}
    sums = [Sum("year", ("q1", "q2", "q3"))]
    assert suppression.hidden(counts, sums, fewest=FEW, cost=lambda cell: cell != "year") == {"q1", "year"}


def test_two_tables_side_by_side_do_not_tell_the_difference() -> None:
    """Everybody less those who live with a problem are the others: nine of them must not be told."""
    counts = {"all": 40, "living": 31, "others": 9}
    away = suppression.hidden(counts, [Sum("all", ("living", "others"))], fewest=FEW, untold=["others"])
    assert away == {"living", "others"}
    counts = {"all": 60, "living": 31, "others": 29}
    away = suppression.hidden(counts, [Sum("all", ("living", "others"))], fewest=FEW, untold=["others"])
    assert away == {"others"}


def test_what_follows_only_from_several_sums_is_hidden_too() -> None:
    """No single sum has one unknown, and yet all of them together have one solution for `a`."""
    counts = {"a": 3, "b": 20, "c": 30, "ab": 23, "bc": 50, "ac": 33}
    sums = [Sum("ab", ("a", "b")), Sum("bc", ("b", "c")), Sum("ac", ("a", "c"))]
    assert "a" in suppression.worked_out(sums, {"a", "b", "c"})
    away = suppression.hidden(counts, sums, fewest=FEW)
    assert "a" in away
    assert "a" not in suppression.worked_out(sums, away)


CODES, COLUMNS = ("yes", "partly", "no"), (1, 2, 0)


@settings(max_examples=60, deadline=None)
@given(some.lists(some.integers(0, 40), min_size=12, max_size=12))
def test_of_no_table_can_a_small_number_be_worked_out(people) -> None:
    counts: dict = {}
    cells = list(product(("mental_health", OTHERS), (1, 2), CODES))
    for (group, quarter, code), many in zip(cells, people, strict=True):
        for kind in (group, "all"):
            for column in (quarter, 0):
                for row in (code, "n"):
                    counts[kind, column, row] = counts.get((kind, column, row), 0) + many
    sums = sums_of(CODES, COLUMNS, ("all", "mental_health"))
    untold = [name for name in counts if name[0] == OTHERS]
    away = suppression.hidden(counts, sums, fewest=FEW, untold=untold)
    small = {name for name, count in counts.items() if count < FEW}
    assert small <= away
    assert not suppression.worked_out(sums, away) & small
    for one in sums:
        left = [name for name in one.cells if name in away]
        assert one.total in away or not left or sum(counts[name] for name in left) >= FEW
