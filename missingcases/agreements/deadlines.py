"""When agreements are reviewed. Pure functions over dates of the London calendar."""

from __future__ import annotations

from datetime import date, timedelta

LONGEST_UNREVIEWED = timedelta(days=731)  # (P) two years
REVIEW_SHOWN_BEFORE = timedelta(days=28)  # (P)


def latest_review(today: date) -> date:
    """The latest day that a review may be put off to."""
    return today + LONGEST_UNREVIEWED


def review_shown_from(today: date) -> date:
    """Agreements with a review on or before this day are shown as due."""
    return today + REVIEW_SHOWN_BEFORE
