"""How long a handover may stand unsigned. Ours: a shift overlaps by half an hour."""

from __future__ import annotations

from datetime import datetime, timedelta

SIGN_WITHIN = timedelta(minutes=30)


def sign_by(since: datetime) -> datetime:
    """When the next signature should be there."""
    return since + SIGN_WITHIN
