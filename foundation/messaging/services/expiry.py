"""What is too late: queued past its time, or sent and never heard of again."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from foundation.messaging.enums import AttemptOutcome, Channel, DeliveryStatus, MessageStatus, Standing
from foundation.messaging.gateways.base import Found, OutcomeUnknown
from foundation.messaging.gateways.registry import gateway_for
from foundation.messaging.gateways.statuses import standing_of
from foundation.messaging.models import Broadcast, Message
from foundation.messaging.services.broadcast import end_chunk
from foundation.messaging.services.claim import end_queued
from foundation.messaging.services.gates import TOO_LATE
from foundation.messaging.services.log import write_log
from foundation.messaging.services.proof import prove

# Receipts trail behind the network; how long after its time a text may still be heard of.
GRACE = timedelta(minutes=10)
BATCH = 200
# A slow provider must not hold the lane up.
ASK_FOR = timedelta(seconds=10)
# Looked through once an hour: nothing is heard of a broadcast that ended longer ago.
LOOK_BACK = timedelta(days=2)
UNHEARD = (DeliveryStatus.SENT, DeliveryStatus.UNKNOWN)


def expire_queued() -> int:
    """End what is still queued past its time, also while a kill switch holds it; returns how many."""
    now = timezone.now()
    with transaction.atomic(durable=True):
        late = Message.objects.filter(status=MessageStatus.QUEUED, valid_until__lte=now)
        ids = list(
            late.order_by("pk")
            .select_for_update(skip_locked=True, no_key=True)
            .values_list("pk", flat=True)[:BATCH]
        )
        return len(end_queued(ids, TOO_LATE, now=now))


def expire_unheard() -> int:
    """Ask the provider once about texts whose receipt never came; without an answer they are expired."""
    unheard = Message.objects.filter(
        status=MessageStatus.SENT, channel=Channel.SMS, valid_until__lte=timezone.now() - GRACE
    )
    until = timezone.now() + ASK_FOR
    rows = unheard.order_by("valid_until")[:BATCH]
    return sum(_ask_or_expire(row) for row in rows if timezone.now() < until)


def _ask_or_expire(message: Message) -> int:
    found = _fetch(message)
    standing = standing_of(found.status, found.code) if found else None
    ended = standing if standing not in {None, Standing.ACCEPTED} else Standing.EXPIRED
    with transaction.atomic(durable=True):
        moved = prove(
            [message.pk],
            Standing(ended),
            at=found.at if found and ended is standing else timezone.now(),
            code=found.code if found and ended is standing else "no_receipt",
            reason="No receipt came in time." if ended is Standing.EXPIRED else "",
        )
        outcome = AttemptOutcome.FOUND if ended is standing else AttemptOutcome.EXPIRED
        write_log(moved, outcome, code=str(ended))
    return len(moved)


def _fetch(message: Message) -> Found | None:
    try:
        return gateway_for(message.channel).fetch(message.provider_id)
    except OutcomeUnknown:
        return None


def expire_unheard_deliveries() -> int:
    """End deliveries by text whose receipt never came; returns how many.

    The provider is not asked for each of a million; a receipt that comes later still shows a delivery.
    """
    now = timezone.now()
    over = Broadcast.objects.filter(
        channel=Channel.SMS, valid_until__lte=now - GRACE, valid_until__gt=now - LOOK_BACK
    )
    return sum(_expire_all(pk) for pk in over.order_by("pk").values_list("pk", flat=True))


def _expire_all(broadcast_id: int) -> int:
    ended = 0
    while done := end_chunk(broadcast_id, UNHEARD, DeliveryStatus.EXPIRED, code="no_receipt"):
        ended += done
    return ended
