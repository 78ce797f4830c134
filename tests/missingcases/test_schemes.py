"""The words a force uses, by date; the codes stay the same."""

from datetime import date

import pytest

from missingcases import schemes
from missingcases.enums import IncidentStatus, RiskLevel, Scheme

PERIODS = [(date(2016, 4, 1), Scheme.APP2016), (date(2013, 4, 1), Scheme.ACPO2013)]


@pytest.mark.parametrize(
    ("day", "scheme"),
    [
        (date(2013, 3, 31), Scheme.APP_CURRENT),
        (date(2013, 4, 1), Scheme.ACPO2013),
        (date(2016, 3, 31), Scheme.ACPO2013),
        (date(2016, 4, 1), Scheme.APP2016),
        (date(2026, 1, 1), Scheme.APP2016),
    ],
)
def test_the_latest_scheme_that_has_begun_is_in_force(day: date, scheme: str) -> None:
    assert schemes.in_force(PERIODS, day) == scheme


@pytest.mark.parametrize("scheme", Scheme.values)
def test_every_scheme_names_every_level_and_both_categories(scheme: str) -> None:
    words = schemes.vocabulary(scheme)
    assert set(words.levels) == set(RiskLevel.values)
    assert set(words.categories) == {IncidentStatus.ABSENT, IncidentStatus.MISSING}
    assert schemes.allows_absent(scheme)


def test_one_code_has_three_names() -> None:
    names = [schemes.risk_label(scheme, RiskLevel.NO_APPARENT) for scheme in Scheme.values]
    assert names == ["Absent", "No apparent risk", "Very low risk"]


def test_a_report_nobody_has_graded_says_so() -> None:
    assert schemes.risk_label(Scheme.APP_CURRENT, "") == "Not graded yet"
    assert schemes.status_label(Scheme.APP2016, IncidentStatus.ABSENT) == "No apparent risk (absent)"
    assert schemes.status_label(Scheme.APP2016, IncidentStatus.LOCATED) == "Located"


def test_an_unknown_scheme_is_an_error() -> None:
    with pytest.raises(KeyError):
        schemes.vocabulary("app2099")
