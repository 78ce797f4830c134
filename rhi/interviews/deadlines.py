"""How long words may stay on a phone."""

from __future__ import annotations

from datetime import datetime, timedelta

# As long as an interview is late after: whoever has not sent it by then has lost the phone or the case.
ON_PHONE = timedelta(hours=72)
# Without network a phone opens so long after it was last told that its user stands.
LEASE = timedelta(hours=12)


def copy_expires_at(taken_at: datetime) -> datetime:
    """When what is on the phone is wiped, sent or not."""
    return taken_at + ON_PHONE


def lease_ends_at(asked_at: datetime, expires_at: datetime) -> datetime:
    """Until when the phone may be opened without asking again."""
    return min(asked_at + LEASE, expires_at)
