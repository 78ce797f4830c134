"""What is answered, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.genmod.families import Poisson
from statsmodels.genmod.generalized_estimating_equations import GEE

from reports.before_after.answer import answer
from reports.before_after.enums import Excluded, Verdict
from reports.before_after.fitting import rate_ratio
from reports.before_after.results import Result, kept, read
from reports.before_after.tables import chart_of, tables_of
from reports.before_after.wording import headline, reading
from tests.reports.before_after.making import rows


def test_half_as_many_incidents_are_half_whatever_befell_both_sides() -> None:
    found = answer([*rows(True, [1, 2, 3] * 20), *rows(False, [2, 4, 6] * 20, first=100)])
    assert found.fair is not None
    assert found.anyway is not None
    assert found.naive is not None
    assert found.fair.value == pytest.approx(0.5)
    assert found.anyway.value == pytest.approx(2.0)
    assert found.naive.value == pytest.approx(1.0)
    assert found.verdict == Verdict.FEWER


def test_days_not_at_risk_are_no_days_without_incident() -> None:
    found = answer(
        [*rows(True, [1] * 60, after_days=45.0), *rows(False, [1] * 60, first=100, after_days=90.0)]
    )
    assert found.fair is not None
    assert found.fair.value == pytest.approx(2.0)


def test_an_interval_that_spans_one_shows_no_difference_either_way() -> None:
    found = answer([*rows(True, [0, 1, 5] * 5), *rows(False, [1, 0, 6] * 5, first=100)])
    assert found.verdict == Verdict.NO_DIFFERENCE
    assert headline(found).startswith("No difference shown either way")
    assert any("no proof that interviews do nothing" in line for line in reading(Result(15, {}, found)))


@pytest.mark.parametrize(
    ("cohort", "verdict"),
    [
        ([*rows(True, [3] * 9), *rows(False, [3] * 40, first=50)], Verdict.TOO_FEW),
        ([*rows(True, [3] * 40)], Verdict.NO_COMPARATORS),
        ([*rows(True, [3] * 40), *rows(False, [3] * 40, first=50, alike=("12-13",))], Verdict.NO_COMPARATORS),
        ([*rows(True, [3] * 40), *rows(False, [3] * 9, first=50)], Verdict.TOO_FEW),
        (
            [
                *rows(True, [3] * 15),
                *rows(True, [3] * 16, first=20, alike=("0-11",)),
                *rows(False, [3] * 40, first=50),
            ],
            Verdict.TOO_UNLIKE,
        ),
        ([*rows(True, [0] * 31 + [9]), *rows(False, [3] * 40, first=50)], Verdict.TOO_FEW_INCIDENTS),
    ],
)
def test_what_the_data_cannot_say_is_not_said(cohort: list[object], verdict: Verdict) -> None:
    found = answer(cohort)  # type: ignore[arg-type]
    assert found.verdict == verdict
    assert (found.fair, found.naive, found.anyway, found.offered_side) == (None, None, None, None)
    result = Result(found.offered, {}, found)
    assert "Nothing can be said" in headline(found)
    assert chart_of(result) is None
    assert not any(table.key in {"worked_out", "rates"} for table in tables_of(result))


def test_the_error_is_that_of_the_library_where_each_child_has_one_row() -> None:
    chance = np.random.default_rng(5)
    design = np.column_stack([np.repeat([1.0, 0.0], 40), np.ones(80), chance.normal(size=80)])
    counts, days = chance.negative_binomial(1, 0.3, 80), chance.uniform(40, 90, 80)
    ours = rate_ratio(counts.tolist(), days.tolist(), design, range(80))
    # Mancl and DeRouen's error, which the library has for its estimating equations.
    theirs = GEE(counts, design, groups=range(80), family=Poisson(), offset=np.log(days)).fit(
        cov_type="bias_reduced"
    )
    assert np.log(ours.value) == pytest.approx(theirs.params[0], rel=1e-5)
    reach = (np.log(ours.high) - np.log(ours.low)) / 2
    assert reach / 2.022691 == pytest.approx(theirs.bse[0], rel=1e-3)  # Student's t, 39 degrees of freedom


def test_a_child_who_stands_there_twice_makes_the_answer_no_surer() -> None:
    once = [*rows(True, [0, 3] * 20), *rows(False, [1, 4] * 20, first=100)]
    design = np.array([[row.offered, 1.0] for row in once])
    single = rate_ratio([r.after for r in once], [90.0] * 80, design, [r.child for r in once])
    double = rate_ratio(
        [r.after for r in once] * 2, [90.0] * 160, np.tile(design, (2, 1)), [r.child for r in once] * 2
    )
    assert double.value == pytest.approx(single.value)
    assert np.log(double.high / double.low) == pytest.approx(np.log(single.high / single.low), rel=0.03)


def test_what_was_kept_is_read_again_to_the_digit() -> None:
    found = answer([*rows(True, [1, 2, 4] * 20), *rows(False, [2, 4, 5] * 20, first=100)])
    result = Result(75, {Excluded.BY_HAND: 15}, found)
    assert read(kept(result)) == result


def test_small_numbers_of_those_left_out_are_not_told_nor_to_be_worked_out() -> None:
    found = answer([*rows(True, [1, 2, 3] * 20), *rows(False, [2, 4, 6] * 20, first=100)])
    result = Result(85, {Excluded.BY_HAND: 3, Excluded.NOT_FOLLOWED: 22}, found)
    told = {str(row[0]): row[1] for row in next(t for t in tables_of(result) if t.key == "left_out").rows}
    hand = next(count for label, count in told.items() if "by hand" in label)
    assert str(hand) == "not told*"
    assert sum(isinstance(count, int) for count in told.values()) == len(told) - 2
