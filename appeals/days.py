"""Anniversaries and birthdays: on which days they fall, and what is said on them. Pure: London days."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from foundation.clock import in_london

# The charity's desk begins at this hour; what is for tomorrow lies there by then.
PROPOSED_FROM = time(7)


def comes_round(began: date, day: date) -> int:
    """How many years after `began` it comes round on `day`; 0 where it does not, or in the first year.

    What began on 29 February comes round on 1 March of a year without one, as an age does in law.
    """
    leap = (began.month, began.day) == (2, 29)
    if leap and (day.month, day.day) == (3, 1) and not is_leap(day.year):
        return max(day.year - began.year, 0)
    return max(day.year - began.year, 0) if (day.month, day.day) == (began.month, began.day) else 0


def is_leap(year: int) -> bool:
    """Whether a year has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_of(day: date) -> list[tuple[int, int]]:
    """The (month, day) pairs that come round on `day`: two on 1 March of a year without 29 February."""
    leap_too = (day.month, day.day) == (3, 1) and not is_leap(day.year)
    return [(day.month, day.day), *([(2, 29)] if leap_too else [])]


def to_propose(now: datetime) -> list[date]:
    """The days to be proposed for: today, where yesterday's run was missed, and from 07:00 tomorrow."""
    here = in_london(now)
    tomorrow = here.date() + timedelta(days=1)
    return [here.date(), *([tomorrow] if here.time() >= PROPOSED_FROM else [])]


def anniversary_words(first_name: str, years: int) -> str:
    """The headline for an anniversary."""
    return f"{first_name} has been missing for {'a year' if years == 1 else f'{years} years'}"


def birthday_words(first_name: str, *, is_child: bool) -> str:
    """The headline for a birthday. A child's birthday is nobody's to know: it is not said that it is one."""
    return f"We still hope to hear from {first_name}" if is_child else f"Today is {first_name}'s birthday"
