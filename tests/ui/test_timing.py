"""Times as people say them, on the server and by the script that keeps them true."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from foundation.ui import timing

NOW = datetime(2026, 11, 24, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "less than a minute"),
        (59, "less than a minute"),
        (60, "1 minute"),
        (59 * 60 + 59, "59 minutes"),
        (3600, "1 hour"),
        (3600 + 5 * 60, "1 hour 5 minutes"),
        (5 * 3600 + 59 * 60, "5 hours 59 minutes"),
        (6 * 3600 + 59 * 60, "6 hours"),
        (86400, "1 day"),
        (10 * 86400, "10 days"),
        (-7200, "2 hours"),
    ],
)
def test_a_length_of_time_is_said_in_the_largest_unit_that_matters(seconds, words):
    assert timing.duration(seconds) == words


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 24, 2, 0, tzinfo=UTC), "today at 02:00"),
        (datetime(2026, 11, 23, 23, 59, tzinfo=UTC), "yesterday at 23:59"),
        (datetime(2026, 11, 25, 9, 5, tzinfo=UTC), "tomorrow at 09:05"),
        (datetime(2026, 11, 3, 18, 0, tzinfo=UTC), "Tuesday 3 November at 18:00"),
        (datetime(2027, 1, 2, 18, 0, tzinfo=UTC), "Saturday 2 January 2027 at 18:00"),
        (datetime(2024, 6, 3, 17, 0, tzinfo=UTC), "3 June 2024 at 18:00"),
    ],
)
def test_a_moment_is_said_on_a_london_clock(moment, words):
    assert timing.said_moment(moment, NOW) == words


def test_the_hour_that_comes_twice_says_which_of_the_two():
    first, second = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert timing.said_moment(first, NOW).endswith("at 01:30 BST")
    assert timing.said_moment(second, NOW).endswith("at 01:30 GMT")


def test_midnight_in_summer_belongs_to_the_london_day():
    now = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
    assert timing.said_moment(datetime(2026, 6, 30, 23, 30, tzinfo=UTC), now) == "today at 00:30"


def test_a_deadline_turns_yellow_when_near_and_red_when_past():
    soon = timedelta(hours=1)
    colours = [timing.due_colour(NOW + timedelta(minutes=m), NOW, soon) for m in (-1, 0, 60, 61)]
    assert colours == ["red", "yellow", "yellow", "grey"]
    assert timing.due(NOW - timedelta(hours=2), NOW) == "Overdue by 2 hours"
    assert timing.due(NOW + timedelta(minutes=40), NOW) == "Due in 40 minutes"


def test_a_date_far_away_carries_its_year():
    assert timing.said_date(date(2025, 11, 24), NOW.date()) == "24 November 2025"


def test_the_script_says_the_same_words_as_the_server(page):
    lengths = [0, 59, 60, 3599, 3600, 3900, 21540, 21600, 25140, 86399, 86400, 864000]
    page.goto("/_components/")
    said = page.evaluate(
        """async (lengths) => {
            const clocks = await import(document.querySelector('script[src*="js/clocks"]').src);
            return lengths.map((s) => [clocks.duration(s), clocks.ago(s), clocks.due(s), clocks.due(-s - 1),
                                       clocks.tone(s, 3600), clocks.tone(-s - 1, 3600)]);
        }""",
        lengths,
    )
    hour = timedelta(hours=1)
    assert said == [
        [
            timing.duration(s),
            timing.ago(NOW - timedelta(seconds=s), NOW),
            timing.due(NOW + timedelta(seconds=s), NOW),
            timing.due(NOW - timedelta(seconds=s + 1), NOW),
            timing.due_colour(NOW + timedelta(seconds=s), NOW, hour),
            timing.due_colour(NOW - timedelta(seconds=s + 1), NOW, hour),
        ]
        for s in lengths
    ]
