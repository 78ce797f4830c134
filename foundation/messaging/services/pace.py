"""How fast broadcasts go: a bucket of tokens a channel, and whether a run would get through in time."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from foundation.messaging.models import Pace

# A provider's default for one sender (speed.md); more has to be agreed with it beforehand.
DEFAULT_PER_SECOND = 10
# Never more than this many seconds' worth at once, so that nothing comes in a burst.
BURST_SECONDS = 2.0


def per_second(channel: str) -> int:
    """How many deliveries a second a channel takes now, less what is kept for single messages."""
    row = Pace.objects.filter(channel=channel).first()
    return row.per_second - row.kept_back if row else DEFAULT_PER_SECOND


def estimate(*, channel: str, count: int) -> timedelta:
    """How long `count` deliveries take at the channel's pace."""
    return timedelta(seconds=count / per_second(channel))


@transaction.atomic
def take(*, channel: str, wanted: int, now: datetime) -> int:
    """Take up to `wanted` places; returns how many there were."""
    Pace.objects.get_or_create(channel=channel, defaults={"per_second": DEFAULT_PER_SECOND})
    row = Pace.objects.select_for_update(no_key=True).get(channel=channel)
    rate = row.per_second - row.kept_back
    passed = (now - row.filled_at).total_seconds() if row.filled_at else BURST_SECONDS
    tokens = min(row.tokens + max(passed, 0) * rate, BURST_SECONDS * rate)
    given = min(wanted, int(tokens))
    row.tokens, row.filled_at = tokens - given, now
    row.save(update_fields=["tokens", "filled_at"])
    return given
