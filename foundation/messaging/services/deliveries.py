"""Deliveries of broadcasts that nobody knows any more how they ended."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from foundation.messaging.enums import AttemptOutcome, DeliveryStatus
from foundation.messaging.models import Delivery
from foundation.messaging.services.broadcast import KEEPER
from foundation.messaging.services.entries import write_entries
from foundation.messaging.services.send import LOST_AFTER
from foundation.messaging.states import DELIVERY
from foundation.states import move_many


def find_lost_deliveries() -> int:
    """Call unknown what a dead worker claimed; receipts clear it up, and nothing sends it again."""
    with transaction.atomic(durable=True):
        ids = move_many(
            Delivery.objects.filter(claimed_at__lte=timezone.now() - LOST_AFTER),
            DELIVERY,
            DeliveryStatus.SENDING,
            DeliveryStatus.UNKNOWN,
            actor=KEEPER,
            audited=False,
        )
        write_entries(ids, AttemptOutcome.UNKNOWN, code="lost")
    return len(ids)
