"""Weeks as the boards have them: from Monday to Sunday in London, by the day they begin. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from foundation.clock import in_london, london_to_utc

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """One week; `monday` is its first day."""

    monday: date

    @classmethod
    def of(cls, day: date) -> Week:
        """The week that a day is in."""
        return cls(day - timedelta(days=day.weekday()))

    @classmethod
    def now(cls, moment: datetime) -> Week:
        """The week that is going on."""
        return cls.of(in_london(moment).date())

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)

    @property
    def start(self) -> datetime:
        """Its first moment, UTC."""
        return london_to_utc(self.monday, time(0))

    @property
    def end(self) -> datetime:
        """The first moment after it, UTC."""
        return self.earlier(-1).start

    def earlier(self, weeks: int = 1) -> Week:
        """The week so many before it."""
        return Week(self.monday - weeks * _WEEK)

    def run_of(self, weeks: int) -> tuple[Week, ...]:
        """So many weeks, this one the last."""
        return tuple(self.earlier(back) for back in reversed(range(weeks)))

    @property
    def words(self) -> str:
        """As people say it."""
        return f"{self.monday:%-d %B} to {self.sunday:%-d %B %Y}"
