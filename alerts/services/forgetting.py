"""Forgetting whom an alert went to, once it has long ended: counts, times and failures stay."""

from __future__ import annotations

from datetime import datetime

from alerts.deadlines import KEEP_ADDRESSES
from alerts.models import NoticeRun
from foundation.messaging import services as messaging
from foundation.messaging.models import Broadcast

# Of one run, so that others of its lane have their turn.
MOST_AT_ONCE = 100_000


def forget_addresses(*, now: datetime) -> int:
    """Of alerts that ended `KEEP_ADDRESSES` ago; returns how many addresses went.

    By then everybody who was reached was told that it is over: that goes out for a day at most.
    """
    over = NoticeRun.objects.filter(notice__alert__ended_at__lte=now - KEEP_ADDRESSES)
    kept = Broadcast.objects.filter(
        pk__in=over.values("broadcast_id"), addresses_gone_at__isnull=True, valid_until__lte=now
    )
    forgotten = 0
    for pk in kept.order_by("pk").values_list("pk", flat=True):
        if forgotten >= MOST_AT_ONCE:
            break
        forgotten += messaging.forget_addresses(broadcast_id=pk, most=MOST_AT_ONCE - forgotten)
    return forgotten
