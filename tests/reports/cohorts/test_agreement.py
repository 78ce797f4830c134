"""Kappa against worked tables; the figures are those of statsmodels 0.14, `inter_rater.cohens_kappa`."""

from __future__ import annotations

import pytest

from reports.cohorts.agreement import agreement, called


def pairs(table: list[list[int]]) -> list[tuple[str, str]]:
    names = ("present", "absent", "unclear")
    return [
        (names[row], names[column])
        for row, counts in enumerate(table)
        for column, count in enumerate(counts)
        for _ in range(count)
    ]


@pytest.mark.parametrize(
    ("table", "kappa", "low", "high"),
    [
        ([[20, 5], [10, 15]], 0.4, 0.151092290476661, 0.6489077095233389),
        ([[40, 3, 2], [5, 20, 4], [1, 6, 19]], 0.6738624009939432, 0.5521941251668862, 0.7955306768210003),
        ([[90, 4], [3, 3]], 0.4243421052631585, 0.07319362237318183, 0.7754905881531352),
    ],
)
def test_kappa_and_its_interval(table, kappa, low, high) -> None:
    found = agreement(pairs(table))
    assert (found.kappa, found.low, found.high) == pytest.approx((kappa, low, high))


def test_what_stands_beside_kappa_shows_why_it_is_low_where_a_theme_is_rare() -> None:
    found = agreement(pairs([[90, 4], [3, 3]]))
    assert (found.n, found.agreed, found.observed) == (100, 93, 0.93)
    assert found.prevalence == pytest.approx(0.935)
    assert called(found.kappa) == "moderate"


def test_there_is_no_kappa_where_both_always_said_the_same_and_none_of_nothing() -> None:
    same = agreement(pairs([[0, 0], [0, 7]]))
    assert (same.observed, same.kappa, same.low, same.prevalence) == (1.0, None, None, 0.0)
    assert "no kappa" in called(None)
    assert agreement([]).observed is None
    one = agreement([("present", "absent")])
    assert (one.kappa, one.low) == (0.0, None)


def test_an_interval_is_told_of_no_few_and_of_no_full_agreement() -> None:
    full, few = agreement(pairs([[9, 0], [0, 9]])), agreement(pairs([[4, 1], [1, 3]]))
    assert (full.kappa, full.low) == (1.0, None)
    assert few.kappa == pytest.approx(0.55)
    assert few.low is None
