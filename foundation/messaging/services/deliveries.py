"""Deliveries of broadcasts whose worker is dead."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from foundation.backups.models import Hold
from foundation.messaging.enums import AttemptOutcome, DeliveryStatus
from foundation.messaging.models import Delivery
from foundation.messaging.services import batches
from foundation.messaging.services.broadcast import KEEPER
from foundation.messaging.services.entries import write_entries
from foundation.messaging.services.send import LOST_AFTER
from foundation.messaging.states import DELIVERY
from foundation.states import move_many

# A line comes to what was claimed for it within a second. Too early costs nothing: the batch decides.
UNOPENED_AFTER = timedelta(seconds=20)


def find_lost_deliveries() -> int:
    """Queue again what a dead worker claimed and never opened, and call the rest unknown.

    Of an unknown one receipts clear up what became of it, and nothing sends it again. Returns how many are
    neither waiting nor known.
    """
    with transaction.atomic(durable=True):
        _claim_anew()
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
    batches.forget_old_batches()
    return len(ids)


def _claim_anew() -> None:
    """A restored database does not know what was opened after its backup: of those it proves nothing."""
    now = timezone.now()
    claims = Delivery.objects.filter(status=DeliveryStatus.SENDING, claimed_at__lte=now - UNOPENED_AFTER)
    if (restored := Hold.objects.order_by("-pk").first()) is not None:
        claims = claims.filter(claimed_at__gt=restored.restored_at)
    tokens = {str(one) for one in claims.order_by().values_list("claim_token", flat=True).distinct()}
    closed = batches.close_batches(tokens) if tokens else set()
    if not closed:
        return
    move_many(
        Delivery.objects.filter(status=DeliveryStatus.SENDING, claim_token__in=closed),
        DELIVERY,
        DeliveryStatus.SENDING,
        DeliveryStatus.QUEUED,
        actor=KEEPER,
        changes={
            "next_attempt_at": now,
            "attempts": F("attempts") - 1,
            "claim_token": None,
            "claimed_at": None,
        },
        audited=False,
    )
