"""When things are due, across both changes of the clocks. London 2026: forward 29 March, back 25 October."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from missingcases import deadlines
from missingcases.deadlines import ReviewLine
from missingcases.enums import ReviewKind

LONDON = ZoneInfo("Europe/London")
R = ReviewKind

LINES = [
    ReviewLine(R.ABSENT, "child", 120, 120),
    ReviewLine(R.ABSENT, "adult", 360, 360),
]
HIGH = [
    ReviewLine(R.SUPERVISOR, "anyone", 60, 480),
    ReviewLine(R.INSPECTOR, "anyone", 120, None),
]


def london(*parts: int, fold: int = 0) -> datetime:
    return datetime(*parts, tzinfo=LONDON, fold=fold)


def test_a_moment_without_a_zone_has_no_meaning() -> None:
    with pytest.raises(ValueError, match="time zone"):
        deadlines.fixed_reviews(datetime(2026, 3, 28, 22, 0))


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2010, 6, 1), date(2026, 5, 31), 15),
        (date(2010, 6, 1), date(2026, 6, 1), 16),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
    ],
)
def test_years_of_age(born: date, day: date, age: int) -> None:
    assert deadlines.age_on(born, day) == age


def test_age_is_that_of_the_london_day() -> None:
    late = datetime(2026, 5, 31, 23, 30, tzinfo=UTC)  # 00:30 on 1 June in London
    born = date(2008, 6, 1)
    assert deadlines.age_at(late, date_of_birth=born, estimated_age=None, estimated_on=None) == 18


@pytest.mark.parametrize(
    ("born", "estimated", "on", "age"),
    [
        (None, None, None, None),
        (None, 15, None, 15),
        (None, 15, date(2024, 1, 1), 17),
        (None, 15, date(2027, 1, 1), 15),
        (date(2027, 1, 1), 15, date(2024, 1, 1), 0),
        (date(2000, 1, 1), 15, date(2024, 1, 1), 26),
    ],
)
def test_a_known_birthday_goes_before_an_estimate(
    born: date | None, estimated: int | None, on: date | None, age: int | None
) -> None:
    moment = london(2026, 6, 1, 12)
    found = deadlines.age_at(moment, date_of_birth=born, estimated_age=estimated, estimated_on=on)
    assert found == age


@pytest.mark.parametrize(("age", "child"), [(None, True), (0, True), (17, True), (18, False), (90, False)])
def test_an_unknown_age_is_treated_as_a_childs(age: int | None, child: bool) -> None:
    assert deadlines.counts_as_child(age) is child
    assert deadlines.applies("child", age) is child
    assert deadlines.applies("adult", age) is not child
    assert deadlines.applies("anyone", age)


@pytest.mark.parametrize(("age", "hours"), [(14, 2), (None, 2), (40, 6)])
def test_an_absence_is_reviewed_within_two_hours_for_a_child_and_six_for_an_adult(
    age: int | None, hours: int
) -> None:
    graded = london(2026, 6, 1, 12)
    assert deadlines.first_reviews(graded, LINES, age=age) == {R.ABSENT: graded + timedelta(hours=hours)}


def test_never_past_the_time_agreed_with_the_reporter() -> None:
    graded = london(2026, 6, 1, 12)
    early, late = graded + timedelta(minutes=30), graded + timedelta(hours=9)
    assert deadlines.first_reviews(graded, LINES, age=40, agreed_at=early) == {R.ABSENT: early}
    six = graded + timedelta(hours=6)
    assert deadlines.first_reviews(graded, LINES, age=40, agreed_at=late) == {R.ABSENT: six}


def test_an_agreed_time_says_nothing_about_other_reviews() -> None:
    graded = london(2026, 6, 1, 12)
    due = deadlines.first_reviews(graded, HIGH, age=40, agreed_at=graded)
    assert due == {
        R.SUPERVISOR: graded + timedelta(hours=1),
        R.INSPECTOR: graded + timedelta(hours=2),
    }


def test_of_two_lines_for_one_review_the_earlier_counts() -> None:
    graded = london(2026, 6, 1, 12)
    lines = [ReviewLine(R.LOW, "anyone", 90, None), ReviewLine(R.LOW, "child", 30, None)]
    assert deadlines.first_reviews(graded, lines, age=9) == {R.LOW: graded + timedelta(minutes=30)}


@pytest.mark.parametrize(
    ("graded", "due"),
    [
        # An hour is an hour: at 00:30 on the night the clocks go forward, one hour on it is 02:30.
        (london(2026, 3, 29, 0, 30), london(2026, 3, 29, 2, 30)),
        # ... and on the night they go back it is 01:30 for the first time.
        (london(2026, 10, 25, 0, 30), london(2026, 10, 25, 1, 30, fold=0)),
        (london(2026, 10, 25, 1, 30, fold=0), london(2026, 10, 25, 1, 30, fold=1)),
    ],
)
def test_a_supervisors_hour_is_a_real_hour_when_the_clocks_change(graded: datetime, due: datetime) -> None:
    found = deadlines.first_reviews(graded, HIGH, age=40)[R.SUPERVISOR]
    assert found == due.astimezone(UTC)
    assert found - graded.astimezone(UTC) == timedelta(hours=1)


def test_after_the_first_look_comes_every_shift() -> None:
    done = london(2026, 6, 1, 12)
    shift = (R.SHIFT, done + timedelta(hours=8))
    assert deadlines.repeat_review(R.SUPERVISOR, done, HIGH, age=40) == shift
    assert deadlines.repeat_review(R.SHIFT, done, HIGH, age=40) == shift
    assert deadlines.repeat_review(R.INSPECTOR, done, HIGH, age=40) is None


def test_absences_repeat_themselves_for_whom_they_are_about() -> None:
    done = london(2026, 6, 1, 12)
    assert deadlines.repeat_review(R.ABSENT, done, LINES, age=9) == (R.ABSENT, done + timedelta(hours=2))
    assert deadlines.repeat_review(R.ABSENT, done, LINES, age=50) == (R.ABSENT, done + timedelta(hours=6))


def test_a_fixed_review_is_followed_by_no_shift() -> None:
    assert deadlines.repeat_review(R.UKMPU, london(2026, 6, 1, 12), HIGH, age=9) is None


def test_other_forces_in_48_real_hours_and_the_unit_in_72() -> None:
    reported = london(2026, 3, 28, 12)
    due = deadlines.fixed_reviews(reported)
    assert due[R.OTHER_FORCES] == london(2026, 3, 30, 13)  # the clocks took an hour away
    assert due[R.UKMPU] == london(2026, 3, 31, 13)


def test_28_days_keep_the_wall_clock_over_the_change() -> None:
    assert deadlines.fixed_reviews(london(2026, 3, 10, 9))[R.DAY_28] == london(2026, 4, 7, 9)
    assert deadlines.days_later(london(2026, 10, 10, 9), 28) == london(2026, 11, 7, 9)


def test_a_day_that_ends_in_the_missing_hour_is_due_when_the_clocks_have_jumped() -> None:
    assert deadlines.days_later(london(2026, 3, 1, 1, 30), 28) == london(2026, 3, 29, 2)


def test_a_day_that_ends_in_the_doubled_hour_is_due_at_its_first() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert deadlines.days_later(london(2026, 9, 27, 1, 30), 28) == first


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (london(2026, 1, 31, 9), 1, london(2026, 2, 28, 9)),
        (london(2026, 1, 31, 9), 3, london(2026, 4, 30, 9)),
        (london(2026, 11, 15, 9), 3, london(2027, 2, 15, 9)),
        (london(2024, 2, 29, 9), 12, london(2025, 2, 28, 9)),
        (london(2024, 2, 29, 9), 48, london(2028, 2, 29, 9)),
        (london(2026, 12, 1, 9), 12, london(2027, 12, 1, 9)),
    ],
)
def test_months_are_calendar_months(start: datetime, months: int, end: datetime) -> None:
    assert deadlines.months_later(start, months) == end


def test_long_term_reviews_follow_each_other() -> None:
    reported = london(2026, 1, 10, 9)
    kinds = []
    kind, done = R.DAY_28, london(2026, 2, 7, 9)
    for _ in range(5):
        following = deadlines.next_long_term(kind, reported_at=reported, done_at=done)
        assert following is not None
        kind, done = following
        kinds.append((kind, done.astimezone(LONDON).date()))
    assert kinds == [
        (R.MONTH_3, date(2026, 4, 10)),
        (R.MONTH_6, date(2026, 7, 10)),
        (R.MONTH_12, date(2027, 1, 10)),
        (R.YEARLY, date(2028, 1, 10)),
        (R.YEARLY, date(2029, 1, 10)),
    ]


def test_a_late_review_skips_those_that_have_gone_by() -> None:
    reported = london(2020, 1, 10, 9)
    found = deadlines.next_long_term(R.DAY_28, reported_at=reported, done_at=london(2026, 6, 1, 9))
    assert found == (R.YEARLY, london(2027, 1, 10, 9))


def test_other_reviews_are_no_part_of_the_chain() -> None:
    now = london(2026, 6, 1, 9)
    assert deadlines.next_long_term(R.UKMPU, reported_at=now, done_at=now) is None


def test_hours_missing_are_real_hours() -> None:
    assert deadlines.hours_missing(london(2026, 3, 28, 12), london(2026, 3, 29, 12)) == 23
    assert deadlines.hours_missing(london(2026, 10, 24, 12), london(2026, 10, 25, 12)) == 25
