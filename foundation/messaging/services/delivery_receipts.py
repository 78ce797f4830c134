"""Receipts for deliveries of a broadcast: a batch is a handful of writes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db.models.functions import Coalesce

from foundation.messaging.enums import AttemptOutcome, DeliveryStatus, Standing
from foundation.messaging.models import Broadcast, Delivery, DeliveryEntry
from foundation.messaging.parsing import StatusReport
from foundation.messaging.services.broadcast import KEEPER
from foundation.messaging.states import DELIVERY
from foundation.states import move_many

_REFERENCE = re.compile(r"(b[0-9a-f]{16})-(\d{1,15})")
_TARGETS = {
    Standing.DELIVERED: DeliveryStatus.DELIVERED,
    Standing.FAILED: DeliveryStatus.FAILED,
    Standing.EXPIRED: DeliveryStatus.EXPIRED,
    Standing.ACCEPTED: DeliveryStatus.SENT,
}


def is_delivery(reference: str) -> bool:
    """Whether a reference of ours names a delivery of a broadcast."""
    return _REFERENCE.fullmatch(reference) is not None


def apply(reports: Sequence[StatusReport], *, at: datetime) -> None:
    """Log every receipt and bring the deliveries to what is proved of them, in the caller's transaction."""
    named = [
        (match[1], int(match[2]), one) for one in reports if (match := _REFERENCE.fullmatch(one.reference))
    ]
    ids = dict(
        Broadcast.objects.filter(reference__in={name for name, _, _ in named}).values_list("reference", "pk")
    )
    known = [((ids[name], number), one) for name, number, one in named if name in ids]
    DeliveryEntry.objects.bulk_create(
        DeliveryEntry(
            broadcast_id=pk[0],
            number=pk[1],
            at=at,
            outcome=AttemptOutcome.RECEIPT,
            code=one.code or one.standing.value,
            provider_id=one.provider_id,
        )
        for pk, one in known
    )
    _move(known, at=at)


def _move(known: Sequence[tuple[tuple[int, int], StatusReport]], *, at: datetime) -> None:
    """The strongest standing first, so that an earlier one in the same batch finds nothing to move."""
    groups: dict[tuple[Standing, str], set[tuple[int, int]]] = defaultdict(set)
    for pk, one in known:
        groups[one.standing, one.code].add(pk)
    for standing, to in _TARGETS.items():
        for (found, code), pks in groups.items():
            if found is standing:
                _prove(pks, to, code=code, at=at)


def _prove(pks: set[tuple[int, int]], to: DeliveryStatus, *, code: str, at: datetime) -> None:
    changes: dict[str, object] = {"sent_at": Coalesce("sent_at", "claimed_at"), "claim_token": None}
    if to == DeliveryStatus.DELIVERED:
        changes |= {"delivered_at": at, "failed_code": ""}
    elif to != DeliveryStatus.SENT:
        changes["failed_code"] = code or to.value
    sources = [source for source, target in DELIVERY.by_pair if target == to]
    rows = Delivery.objects.filter(pk__in=sorted(pks))
    move_many(rows, DELIVERY, sources, to, actor=KEEPER, changes=changes, audited=False)
