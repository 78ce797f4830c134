"""How long a message home may wait."""

from __future__ import annotations

from datetime import datetime, timedelta

PASS_WITHIN = timedelta(hours=4)  # a family hears within the shift; ours, as no source gives a time


def pass_by(taken_at: datetime) -> datetime:
    """When the family should have heard."""
    return taken_at + PASS_WITHIN
