"""Working days over Christmas and Easter, by each division's bank holidays."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from foundation.clock import LONDON, in_london, is_working_day, working_days_after


@pytest.mark.parametrize(
    ("day", "nation", "works"),
    [
        (date(2026, 4, 2), "ENG", True),
        (date(2026, 4, 3), "ENG", False),  # Good Friday
        (date(2026, 4, 6), "ENG", False),  # Easter Monday
        (date(2026, 4, 6), "SCT", True),  # which Scotland works
        (date(2026, 12, 28), "ENG", False),  # for Boxing Day, a Saturday
        (date(2027, 12, 27), "ENG", False),  # for Christmas Day, a Saturday
        (date(2026, 11, 30), "SCT", False),  # St Andrew's Day
        (date(2026, 11, 30), "ENG", True),
        (date(2026, 3, 17), "NIR", False),  # St Patrick's Day
        (date(2026, 11, 28), "WLS", False),  # a Saturday
    ],
)
def test_a_working_day_is_no_weekend_and_no_bank_holiday(day: date, nation: str, works: bool) -> None:
    assert is_working_day(day, nation=nation) is works


@pytest.mark.parametrize(
    ("settled", "nation", "due"),
    [
        (datetime(2026, 11, 24, 10), "ENG", date(2026, 11, 27)),
        (datetime(2026, 11, 26, 23, 59), "ENG", date(2026, 12, 1)),
        (datetime(2026, 11, 28, 12), "ENG", date(2026, 12, 2)),  # a Saturday counts from Monday on
        (datetime(2026, 12, 23, 9), "ENG", date(2026, 12, 30)),  # Christmas, its Saturday and its Monday
        (datetime(2026, 4, 1, 9), "ENG", date(2026, 4, 8)),  # Easter
        (datetime(2026, 4, 1, 9), "SCT", date(2026, 4, 7)),
        (datetime(2026, 12, 30, 9), "SCT", date(2027, 1, 6)),  # New Year, and the second of January
    ],
)
def test_three_working_days_end_with_the_third_day(settled: datetime, nation: str, due: date) -> None:
    ends = in_london(working_days_after(settled.replace(tzinfo=LONDON), 3, nation=nation))
    assert (ends.date(), ends.hour, ends.minute) == (due, 23, 59)


def test_no_days_are_the_end_of_the_same_day() -> None:
    ends = working_days_after(datetime(2026, 7, 1, 9, tzinfo=LONDON), 0)
    assert in_london(ends).date() == date(2026, 7, 1)
