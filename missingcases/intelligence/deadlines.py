"""The clocks of intelligence reports (domain.md section 8). Pure: UTC in, UTC out."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from foundation.clock import in_london
from missingcases.intelligence.enums import Urgency

ACKNOWLEDGE_WITHIN: dict[str, timedelta] = {  # (P)
    Urgency.IMMEDIATE: timedelta(hours=1),
    Urgency.ROUTINE: timedelta(hours=24),
}
# Whether it is still true and needed is looked at after a year. (P)
REVIEW_AFTER = timedelta(days=365)


def acknowledge_by(sent_at: datetime, urgency: str) -> datetime:
    """By when the force is to have acknowledged it."""
    return sent_at + ACKNOWLEDGE_WITHIN[urgency]


def review_on(obtained_at: datetime) -> date:
    """The day on which a person looks whether it is to be kept."""
    return in_london(obtained_at).date() + REVIEW_AFTER
