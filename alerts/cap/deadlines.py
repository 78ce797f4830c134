"""How long things hold. (P) where no rule says so."""

from __future__ import annotations

from datetime import datetime, timedelta

# A Cancel stays in the feed so long, so that whoever asks rarely still hears of it. (P)
CANCEL_SHOWN = timedelta(hours=24)
# What a partner's system has not taken by then, it reads from the feed. (P)
TRIED_FOR = timedelta(hours=24)
# Whose clock may differ from ours. (P)
AHEAD = timedelta(minutes=5)
# Past this a message is no news: an alert lives for 24 hours at most (domain.md section 5). (P)
OLDEST = timedelta(hours=48)
# The words of received messages are emptied after this; that they came stays. (P)
KEEP_RECEIVED = timedelta(days=90)
# So are those of sent ones; the alert itself keeps what was said for as long as it is kept. (P)
KEEP_SENT = timedelta(days=365)
# What came of a call, for looking into what a sender says was lost. (P)
KEEP_ARRIVALS = timedelta(days=30)


def is_early(sent: datetime, *, now: datetime) -> bool:
    """Whether a message claims to come from the future."""
    return sent > now + AHEAD


def is_old(sent: datetime, *, now: datetime) -> bool:
    """Whether a message is too old to be new: one that was recorded and is played again."""
    return sent < now - OLDEST


def cancel_expires(sent: datetime) -> datetime:
    """Until when a Cancel is shown."""
    return sent + CANCEL_SHOWN
