"""How soon somebody reads it: as every first word to us, within the hour; at once where it says danger."""

from __future__ import annotations

from datetime import datetime, timedelta

READ_WITHIN = timedelta(hours=1)
READ_URGENT_WITHIN = timedelta(minutes=15)
# What nobody could use is forgotten, and so are the words of what was written up: they are there then.
KEEP_WORDS = timedelta(days=90)


def read_by(received_at: datetime, *, is_urgent: bool) -> datetime:
    """When somebody of the helpline should have read it."""
    return received_at + (READ_URGENT_WITHIN if is_urgent else READ_WITHIN)
