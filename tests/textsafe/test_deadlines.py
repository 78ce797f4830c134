"""Quiet hours, validity and windows, through both changes of the clocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.clock import is_quiet
from textsafe import deadlines

LONDON = ZoneInfo("Europe/London")
RISKS = ["", "no_apparent", "low", "medium", "high"]


def london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "start", "until"),
    [
        ("2026-11-23T14:00", "2026-11-23T14:00", "2026-11-23T14:30"),
        ("2026-11-23T21:40", "2026-11-23T21:40", "2026-11-23T22:00"),
        ("2026-11-23T21:55", "2026-11-23T21:55", "2026-11-23T22:00"),
        ("2026-11-23T21:56", "2026-11-24T07:00", "2026-11-24T07:30"),
        ("2026-11-23T22:00", "2026-11-24T07:00", "2026-11-24T07:30"),
        ("2026-11-24T03:00", "2026-11-24T07:00", "2026-11-24T07:30"),
        ("2026-11-24T06:59", "2026-11-24T07:00", "2026-11-24T07:30"),
        ("2026-11-24T07:00", "2026-11-24T07:00", "2026-11-24T07:30"),
        # Clocks back in the night of 25 October 2026, forward in that of 29 March 2026.
        ("2026-10-24T23:30", "2026-10-25T07:00", "2026-10-25T07:30"),
        ("2026-10-25T21:50", "2026-10-25T21:50", "2026-10-25T22:00"),
        ("2026-03-28T23:30", "2026-03-29T07:00", "2026-03-29T07:30"),
        ("2026-03-29T21:50", "2026-03-29T21:50", "2026-03-29T22:00"),
    ],
)
def test_a_text_goes_outside_quiet_hours_and_ends_before_they_begin(now, start, until):
    slot = deadlines.sending_slot(london(now), risk_level="low")
    assert slot == deadlines.Slot(london(start), london(until))


@pytest.mark.parametrize("risk", ["medium", "high"])
def test_medium_and_high_risk_know_no_quiet_hours(risk):
    now = london("2026-11-24T03:00")
    assert deadlines.sending_slot(now, risk_level=risk) == deadlines.Slot(now, now + timedelta(minutes=30))


@given(st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2027, 12, 31)), st.sampled_from(RISKS))
def test_every_slot_is_short_and_loud(naive, risk):
    now = naive.replace(tzinfo=UTC)
    slot = deadlines.sending_slot(now, risk_level=risk)
    quiet = {"starts": deadlines.QUIET_STARTS, "ends": deadlines.QUIET_ENDS}
    assert now <= slot.not_before < slot.valid_until <= slot.not_before + deadlines.VALIDITY
    if not deadlines.knows_no_quiet(risk):
        assert not is_quiet(slot.not_before, **quiet)
        assert not is_quiet(slot.valid_until - timedelta(microseconds=1), **quiet)


@pytest.mark.parametrize(
    ("start", "risk", "end"),
    [
        ("2026-11-23T14:00", "low", "2026-11-23T18:00"),
        ("2026-11-23T18:00", "low", "2026-11-23T22:00"),
        ("2026-11-23T21:00", "low", "2026-11-24T10:00"),
        ("2026-11-24T02:00", "", "2026-11-24T11:00"),
        ("2026-11-24T02:00", "high", "2026-11-24T06:00"),
        ("2026-10-24T21:00", "low", "2026-10-25T10:00"),
        ("2026-03-28T21:00", "low", "2026-03-29T10:00"),
    ],
)
def test_the_window_counts_only_the_time_in_which_texts_may_go(start, risk, end):
    assert deadlines.window_ends_at(london(start), risk_level=risk) == london(end)


@pytest.mark.parametrize(
    ("night", "hours"), [("2026-10-24T22:00", 10), ("2026-03-28T22:00", 8), ("2026-11-23T22:00", 9)]
)
def test_the_night_is_as_long_as_the_clocks_make_it(night, hours):
    slot = deadlines.sending_slot(london(night), risk_level="low")
    assert slot.not_before - london(night) == timedelta(hours=hours)


@given(st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2027, 12, 31)), st.sampled_from(RISKS))
def test_every_window_has_room_for_a_slot(naive, risk):
    now = naive.replace(tzinfo=UTC)
    assert (
        deadlines.window_ends_at(now, risk_level=risk)
        > deadlines.sending_slot(now, risk_level=risk).not_before
    )


@pytest.mark.parametrize(("minutes", "expected"), [(0, 60), (59, 60), (60, 60), (90, 90)])
def test_automation_never_waits_less_than_an_hour(minutes, expected):
    reported = london("2026-11-23T14:00")
    due = deadlines.automation_due_at(reported, delay=timedelta(minutes=minutes))
    assert due - reported == timedelta(minutes=expected)


def test_the_other_clocks():
    at = london("2026-11-23T14:00")
    assert deadlines.reply_due_at(at) - at == timedelta(hours=1)
    assert deadlines.free_again_at(at) - at == timedelta(hours=24)
    assert deadlines.erase_number_at(at) - at == timedelta(days=90)
