"""How long records stay open, and when that is to be looked at."""

from __future__ import annotations

from datetime import datetime, timedelta

# (P) An hour is enough to read and to ring; after four somebody else has taken over.
LASTS_MINUTES = 60
# What an organisation sets lies between these two; the house allows no more than the second. (P)
LEAST_MINUTES = 10
MOST_MINUTES = 240
LENGTHS = (30, LASTS_MINUTES, 120, MOST_MINUTES)
REVIEW_WITHIN = timedelta(days=3)  # (P)


def ends_at(opened_at: datetime, minutes: int) -> datetime:
    """When the records close again by themselves."""
    return opened_at + timedelta(minutes=min(minutes, MOST_MINUTES))


def review_due_at(opened_at: datetime) -> datetime:
    """By when the data-protection role has looked at it."""
    return opened_at + REVIEW_WITHIN
