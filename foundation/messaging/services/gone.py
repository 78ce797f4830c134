"""Addresses that turned out to be gone: whoever keeps the audience is told, and forgets them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import structlog
from django.db import transaction

from foundation.messaging.models import Broadcast, GoneAddress
from foundation.messaging.switchboard import audience_of

log = structlog.get_logger(__name__)
BATCH = 200


def keep_gone(broadcast: Broadcast, numbers: Sequence[int]) -> None:
    """Keep, in the caller's transaction, that these deliveries' addresses are gone."""
    if not numbers or audience_of(broadcast.audience).forget is None:
        return
    whose = broadcast.deliveries.filter(number__in=numbers).values_list("recipient_id", "to_key")
    GoneAddress.objects.bulk_create(
        GoneAddress(audience=broadcast.audience, recipient_id=recipient, to_key=key)
        for recipient, key in whose
    )


def tell_gone() -> int:
    """Tell a batch to those who keep the audiences, in one transaction with what they do; returns how many.

    A task of its own: forgetting takes locks that nobody who hands over may wait for.
    """
    with transaction.atomic(durable=True):
        rows = list(GoneAddress.objects.select_for_update(skip_locked=True).order_by("pk")[:BATCH])
        by_audience: dict[str, set[tuple[int, str]]] = defaultdict(set)
        for row in rows:
            by_audience[row.audience].add((row.recipient_id, row.to_key))
        for name, recipients in sorted(by_audience.items()):
            forget = audience_of(name).forget
            if forget is not None:
                forget(sorted(recipients))
        GoneAddress.objects.filter(pk__in=[row.pk for row in rows]).delete()
    if rows:
        log.info("addresses_gone", count=len(rows))
    return len(rows)
