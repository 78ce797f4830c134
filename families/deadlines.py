"""The times of family support (domain.md section 7). Pure."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from foundation.clock import in_london, london_to_utc

# A check of who somebody is holds for the conversation it was made in, and for one that follows on.
CHECK_HOLDS = timedelta(hours=1)
# A text that cannot be brought in this time is not brought at all: the words are of today.
TEXT_LASTS = timedelta(hours=4)
EMAIL_LASTS = timedelta(hours=24)
# What follows from a risk that was heard is looked at within this time (P).
RISK_WITHIN = timedelta(hours=1)

# 24 h, 72 h, 7, 14, 28 days, monthly to 12 months, anniversaries (domain.md section 7).
_FIRST: tuple[tuple[str, timedelta], ...] = (
    ("24_hours", timedelta(hours=24)),
    ("72_hours", timedelta(hours=72)),
    ("7_days", timedelta(days=7)),
    ("14_days", timedelta(days=14)),
    ("28_days", timedelta(days=28)),
)
_MONTHS = range(2, 12)
_YEARS = range(1, 6)
_MORNING = time(10)


def check_holds_until(made_at: datetime) -> datetime:
    """Until when somebody may be told things on the strength of a check."""
    return made_at + CHECK_HOLDS


def plan_from(start: datetime, missing_since: date | None) -> list[tuple[str, datetime]]:
    """The steps of a plan that begins at `start`, with when each is due, the first to be due first.

    Hours are counted exactly; days, months and anniversaries fall on ten in the morning in London.
    Anniversaries are of the day on which the person went missing; those gone by at `start` are left out.
    """
    day = in_london(start).date()
    steps = [
        (step, start + after if after < timedelta(days=7) else _morning(day + after))
        for step, after in _FIRST
    ]
    steps += [(f"{months}_months", _morning(months_on(day, months))) for months in _MONTHS]
    first = missing_since or day
    years = [
        (f"{count}_year" if count == 1 else f"{count}_years", _morning(months_on(first, 12 * count)))
        for count in _YEARS
    ]
    return sorted(steps + [one for one in years if one[1] > start], key=lambda one: one[1])


def months_on(day: date, months: int) -> date:
    """The same day so many months later, or the month's last day where it has no such day."""
    index = day.month - 1 + months
    year, month = day.year + index // 12, index % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(day.day, last))


def words_of_step(step: str) -> str:
    """A step as somebody reads it: "After 24 hours"."""
    return f"After {step.replace('_', ' ')}"


def _morning(day: date) -> datetime:
    return london_to_utc(day, _MORNING)
