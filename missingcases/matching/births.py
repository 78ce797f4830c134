"""Dates of birth that may be one date: written wrong, exchanged, or only an age. Pure.

A date is compared as its eight digits, YYYYMMDD, because what goes wrong is digits.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum

from rapidfuzz.distance import OSA


class Birth(Enum):
    """How two dates of birth stand to each other, best first."""

    SAME = "same"
    SWAPPED = "swapped"
    NEXT_DAY = "next_day"
    ONE_DIGIT = "one_digit"
    TWO_DIGITS = "two_digits"
    AGE_FITS = "age_fits"
    OTHER = "other"
    NOT_KNOWN = "not_known"


def digits(day: date | None) -> str:
    """The eight digits of a date; empty where there is none."""
    return "" if day is None else f"{day:%Y%m%d}" if day.year >= 1000 else day.isoformat().replace("-", "")


def as_date(text: str) -> date | None:
    """The date that eight digits are, or None where they are none."""
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return None


def compare(one: str, other: str) -> Birth:
    """How two dates, as digits, stand to each other."""
    if not one or not other:
        return Birth.NOT_KNOWN
    if one == other:
        return Birth.SAME
    if one[:4] == other[:4] and one[4:6] == other[6:8] and one[6:8] == other[4:6]:
        return Birth.SWAPPED
    wrong = OSA.distance(one, other, score_cutoff=2)
    if (wrong <= 2 or "01" in (one[6:], other[6:])) and _are_a_day_apart(one, other):
        return Birth.NEXT_DAY
    return {1: Birth.ONE_DIGIT, 2: Birth.TWO_DIGITS}.get(wrong, Birth.OTHER)


def _are_a_day_apart(one: str, other: str) -> bool:
    first, second = as_date(one), as_date(other)
    return first is not None and second is not None and abs((first - second).days) == 1


def variants(day: date) -> set[date]:
    """The dates that `day` may have been written as: a day off, exchanged, or one digit off."""
    text = digits(day)
    found = {day, day - timedelta(days=1), day + timedelta(days=1)}
    written = [text[:4] + text[6:] + text[4:6]]
    written += [text[:at] + digit + text[at + 1 :] for at in range(8) for digit in "0123456789"]
    written += [text[:at] + text[at + 1] + text[at] + text[at + 2 :] for at in range(7)]
    return found | {one for one in map(as_date, written) if one is not None}


def dates_near(born: str) -> list[date]:
    """The `variants` of a date given as digits, in order; none where there is no date."""
    day = as_date(born) if born else None
    return [] if day is None else sorted(variants(day))


def years_of(age: int, on: date) -> tuple[int, int]:
    """The years somebody was born in who is thought to be `age` on a day; an estimate errs by three years."""
    return on.year - age - 4, on.year - age + 3
