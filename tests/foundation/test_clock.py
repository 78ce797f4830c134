"""London time, on ordinary days and on the two on which clocks change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest

from foundation.clock import in_london, is_quiet, london_to_utc, next_loud, next_quiet

FORWARD = date(2026, 3, 29)  # 01:00 GMT becomes 02:00 BST
BACK = date(2026, 10, 25)  # 02:00 BST becomes 01:00 GMT
HOURS = [(time(22), time(7)), (time(23, 30), time(0, 15)), (time(2), time(6)), (time(12), time(14, 45))]


def minutes_around(day: date, *, days: int = 3) -> Iterator[datetime]:
    start = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=1)
    return (start + timedelta(minutes=number) for number in range(days * 24 * 60))


def test_a_moment_is_shown_as_londons_clocks_show_it() -> None:
    assert in_london(datetime(2026, 1, 5, 9, tzinfo=UTC)).time() == time(9)
    assert in_london(datetime(2026, 7, 5, 9, tzinfo=UTC)).time() == time(10)


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        in_london(datetime(2026, 7, 5, 9))


@pytest.mark.parametrize(
    ("day", "wall", "utc"),
    [
        (date(2026, 1, 5), time(9), datetime(2026, 1, 5, 9, tzinfo=UTC)),
        (date(2026, 7, 5), time(9), datetime(2026, 7, 5, 8, tzinfo=UTC)),
        (FORWARD, time(0, 59), datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
        (FORWARD, time(1), datetime(2026, 3, 29, 1, tzinfo=UTC)),
        (FORWARD, time(1, 30), datetime(2026, 3, 29, 1, tzinfo=UTC)),
        (FORWARD, time(1, 59, 59), datetime(2026, 3, 29, 1, tzinfo=UTC)),
        (FORWARD, time(2), datetime(2026, 3, 29, 1, tzinfo=UTC)),
        (BACK, time(0, 59), datetime(2026, 10, 24, 23, 59, tzinfo=UTC)),
        (BACK, time(1, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (BACK, time(2), datetime(2026, 10, 25, 2, tzinfo=UTC)),
    ],
)
def test_a_wall_clock_time_has_one_moment(day: date, wall: time, utc: datetime) -> None:
    assert london_to_utc(day, wall) == utc


@pytest.mark.parametrize("day", [FORWARD, BACK, date(2026, 6, 1)])
def test_wall_clock_times_never_run_backwards(day: date) -> None:
    walls = [time(hour, minute) for hour in range(24) for minute in range(0, 60, 5)]
    moments = [london_to_utc(day, wall) for wall in walls]
    assert all(earlier <= later for earlier, later in pairwise(moments))


@pytest.mark.parametrize(
    ("wall", "quiet"),
    [(time(21, 59), False), (time(22), True), (time(0), True), (time(6, 59, 59), True), (time(7), False)],
)
def test_quiet_hours_have_their_beginning_and_not_their_end(wall: time, quiet: bool) -> None:
    moment = london_to_utc(date(2026, 7, 5), wall)
    assert is_quiet(moment, starts=time(22), ends=time(7)) is quiet


def test_quiet_hours_within_one_day() -> None:
    noon = london_to_utc(date(2026, 7, 5), time(12))
    assert is_quiet(noon, starts=time(12), ends=time(14))
    assert not is_quiet(noon + timedelta(hours=2), starts=time(12), ends=time(14))


@pytest.mark.parametrize(("starts", "ends"), HOURS)
@pytest.mark.parametrize("day", [FORWARD, BACK, date(2026, 6, 1)])
def test_the_next_loud_moment_is_the_first_there_is(day: date, starts: time, ends: time) -> None:
    """Held against looking minute by minute, from the last backwards."""
    expected: datetime | None = None
    for moment in reversed(list(minutes_around(day))):
        if not is_quiet(moment, starts=starts, ends=ends):
            expected = moment
        if expected is not None:
            assert next_loud(moment, starts=starts, ends=ends) == expected


@pytest.mark.parametrize(("starts", "ends"), HOURS)
@pytest.mark.parametrize("day", [FORWARD, BACK, date(2026, 6, 1)])
def test_the_next_quiet_hours_are_the_first_to_begin(day: date, starts: time, ends: time) -> None:
    minutes = list(minutes_around(day))
    expected: datetime | None = None
    for before, moment in reversed(list(pairwise(minutes))):
        quiet, was = (is_quiet(one, starts=starts, ends=ends) for one in (moment, before))
        if quiet and not was:
            expected = moment
        if expected is not None:
            assert next_quiet(before, starts=starts, ends=ends) == expected


@pytest.mark.parametrize(("starts", "ends"), [(time(1), time(7)), (time(22), time(1, 59))])
def test_quiet_hours_that_turn_while_clocks_change_are_refused(starts: time, ends: time) -> None:
    moment = datetime(2026, 6, 1, tzinfo=UTC)
    for ask in (next_loud, next_quiet):
        with pytest.raises(ValueError, match="between 01:00 and 02:00"):
            ask(moment, starts=starts, ends=ends)
