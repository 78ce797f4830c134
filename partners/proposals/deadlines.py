"""By when a review leads to a referral or a reason. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

DECIDED_WITHIN = timedelta(days=7)  # (P)
# (P) What was reviewed longer ago waits for its next review, which asks anew.
ASKED_FOR = timedelta(days=90)


def decide_by(reviewed_at: datetime) -> datetime:
    """When a referral or a reason is due after a review."""
    return reviewed_at + DECIDED_WITHIN
