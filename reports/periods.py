"""Periods that figures are told for: whole days in London, the last one exclusive. Pure."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from foundation.clock import london_to_utc

_MONTHS_OF_A_YEAR = 12
_APRIL = 4
_CODE = re.compile(r"(?:FY(?P<fy>\d{4})|(?P<year>\d{4})(?:Q(?P<quarter>[1-4])|-(?P<month>\d\d))?)", re.ASCII)
_BETWEEN = re.compile(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From the beginning of `start` until the beginning of `end`, on the London clock."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError("A period ends after it starts.")

    @property
    def starts_at(self) -> datetime:
        """Its first moment, in UTC."""
        return london_to_utc(self.start, time(0))

    @property
    def ends_at(self) -> datetime:
        """The first moment after it, in UTC."""
        return london_to_utc(self.end, time(0))

    @property
    def last(self) -> date:
        """Its last day."""
        return self.end - timedelta(days=1)

    @property
    def days(self) -> int:
        """How many days it is long."""
        return (self.end - self.start).days

    @property
    def is_of_months(self) -> bool:
        """Whether it is whole calendar months."""
        return self.start.day == 1 and self.end.day == 1

    @property
    def months(self) -> tuple[Period, ...]:
        """The calendar months that it touches, cut to it."""
        found, first = [], self.start
        while first < self.end:
            following = min(_shifted(first.replace(day=1), 1), self.end)
            found.append(Period(first, following))
            first = following
        return tuple(found)

    def before(self) -> Period:
        """As long a period that ends where this begins: as many months, or as many days."""
        if self.is_of_months:
            return Period(_shifted(self.start, -self._month_count), self.start)
        return Period(self.start - (self.end - self.start), self.start)

    def year_before(self) -> Period:
        """The same days, or the same months, a year before; of 29 February the 28th.

        Of days the last is shifted, not the first day after: the year before 1 to 28 February 2024 ends on
        the 28th, though 29 February 2023 is no day.
        """
        start = _shifted(self.start, -_MONTHS_OF_A_YEAR)
        if self.is_of_months:
            return Period(start, _shifted(self.end, -_MONTHS_OF_A_YEAR))
        return Period(start, _shifted(self.last, -_MONTHS_OF_A_YEAR) + timedelta(days=1))

    @property
    def _month_count(self) -> int:
        return (self.end.year - self.start.year) * _MONTHS_OF_A_YEAR + self.end.month - self.start.month

    @property
    def code(self) -> str:
        """How an address names it: FY2025, 2025, 2025Q3, 2025-11 or 2025-04-01..2025-04-14."""
        year = self.start.year
        named = {financial_year(year): f"FY{year}", calendar_year(year): f"{year}"}
        named |= {quarter(year, part): f"{year}Q{part}" for part in range(1, 5)}
        named |= {month(year, part): f"{year}-{part:02}" for part in range(1, 13)}
        return named.get(self, f"{self.start.isoformat()}..{self.last.isoformat()}")

    def __str__(self) -> str:
        if self.is_of_months and self._month_count == 1:
            return f"{self.start:%B %Y}"
        if self.is_of_months:
            return f"{self.start:%B %Y} to {self.last:%B %Y}"
        if self.days == 1:
            return f"{self.start:%-d %B %Y}"
        return f"{self.start:%-d %B %Y} to {self.last:%-d %B %Y}"


def month(year: int, number: int) -> Period:
    """One calendar month."""
    first = date(year, number, 1)
    return Period(first, _shifted(first, 1))


def quarter(year: int, number: int) -> Period:
    """One calendar quarter: the first begins in January."""
    first = date(year, 3 * number - 2, 1)
    return Period(first, _shifted(first, 3))


def calendar_year(year: int) -> Period:
    """January to December."""
    return Period(date(year, 1, 1), date(year + 1, 1, 1))


def financial_year(year: int) -> Period:
    """April of that year to March of the next: the year of the national return (domain.md section 9)."""
    return Period(date(year, _APRIL, 1), date(year + 1, _APRIL, 1))


def financial_year_of(day: date) -> Period:
    """The financial year that a day lies in."""
    return financial_year(day.year if day.month >= _APRIL else day.year - 1)


def parse(code: str) -> Period:
    """The period of a code. Raises `ValueError` where it names none, such as one beyond the year 9999."""
    try:
        return _parsed(code)
    except (ValueError, OverflowError):
        raise ValueError("That is no period.") from None


def _parsed(code: str) -> Period:
    if found := _BETWEEN.fullmatch(code):
        first, last = (date.fromisoformat(one) for one in found.groups())
        return Period(first, last + timedelta(days=1))
    found = _CODE.fullmatch(code)
    if found is None:
        raise ValueError("That is no period.")
    if found["fy"]:
        return financial_year(int(found["fy"]))
    year = int(found["year"])
    if found["quarter"]:
        return quarter(year, int(found["quarter"]))
    return month(year, int(found["month"])) if found["month"] else calendar_year(year)


def _shifted(day: date, months: int) -> date:
    """That many months later; where the month is too short, its last day."""
    count = day.year * _MONTHS_OF_A_YEAR + day.month - 1 + months
    year, place = divmod(count, _MONTHS_OF_A_YEAR)
    return date(year, place + 1, min(day.day, monthrange(year, place + 1)[1]))
