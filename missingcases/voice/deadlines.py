"""How long a link stands, which months belong together, and how long words are kept."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

LINK_LASTS = timedelta(days=30)
# A text that a switched-off phone gets a day late still makes sense; after that it only startles.
TEXT_LASTS = timedelta(hours=24)
# (P) Words somebody wrote of themselves are read for two years; whom we asked is known for one.
KEEP_WORDS = timedelta(days=2 * 365)
KEEP_WHOM = timedelta(days=365)


def expires_at(asked_at: datetime) -> datetime:
    """When an invitation is over, whether a link was given or not."""
    return asked_at + LINK_LASTS


def month_of(at: datetime) -> date:
    """The first day of the month on the London clock: all that an answer keeps of its time."""
    return timezone.localdate(at).replace(day=1)


def quarter_of(day: date) -> int:
    """1 to 4."""
    return (day.month - 1) // 3 + 1


def ended_quarters(year: int, now: datetime) -> tuple[int, ...]:
    """The quarters of a year that are over.

    A running one has no figures: whoever looked at them every day would see each answer come in.
    """
    today = timezone.localdate(now)
    if year != today.year:
        return (1, 2, 3, 4) if year < today.year else ()
    return tuple(range(1, quarter_of(today)))


def latest_year(now: datetime) -> int:
    """The year of the last quarter that is over."""
    today = timezone.localdate(now)
    return today.year if quarter_of(today) > 1 else today.year - 1


def readable_before(now: datetime) -> date:
    """Words are read once their month is over, so that none can be put with who answered just now."""
    return month_of(now)
