"""Times of a contact with the helpline. The hour: domain.md section 4, as for every reply."""

from __future__ import annotations

from datetime import datetime, timedelta

from families.helpline.enums import LIVE, Channel

ANSWER_WITHIN = timedelta(hours=1)
DECIDE_LINK_WITHIN = timedelta(hours=1)
LATEST_CALL_BACK = timedelta(days=28)


def answer_due_at(channel: Channel, came_at: datetime) -> datetime | None:
    """When somebody who wrote should have an answer; None while they are on the line."""
    return None if channel in LIVE else came_at + ANSWER_WITHIN
