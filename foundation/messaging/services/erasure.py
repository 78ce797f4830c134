"""Forgetting: addresses and words leave the rows when their owner's time is over; what happened stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.messaging.enums import UNDER_WAY
from foundation.messaging.models import Inbound, Message, RawCallback

# What a provider called about is kept as it came for as long as somebody may ask about it.
KEEP_CALLS = timedelta(days=90)
BATCH = 2000


@transaction.atomic
def erase_for_owners(*, actor: Actor, owner_label: str, owner_ids: Sequence[int]) -> int:
    """Erase address and words of these owners' ended messages and of the replies to them.

    Returns how many messages were erased. What is still under way is left alone: ask
    `selectors.owners_under_way` first and keep those owners for the next time.
    """
    rows = Message.objects.filter(owner_label=owner_label, owner_id__in=owner_ids).exclude(to="")
    ids = list(rows.exclude(status__in=UNDER_WAY).values_list("pk", flat=True))
    if not ids:
        return 0
    Message.objects.filter(pk__in=ids).update(to="", to_key="", subject="", body="")
    audit.record(
        actor=actor,
        action="message.erased",
        target=Message,
        target_ids=ids,
        fields=["to", "to_key", "subject", "body"],
    )
    replies = Inbound.objects.filter(message_id__in=ids).values_list("pk", flat=True)
    erase_inbound(actor=actor, inbound_ids=list(replies))
    return len(ids)


@transaction.atomic
def erase_inbound(*, actor: Actor, inbound_ids: Sequence[int]) -> int:
    """Erase sender and words of what came in and was handed over; returns how many were."""
    rows = Inbound.objects.filter(pk__in=inbound_ids, handed_at__isnull=False).exclude(sender="")
    ids = list(rows.values_list("pk", flat=True))
    if ids:
        Inbound.objects.filter(pk__in=ids).update(sender="", sender_key="", subject="", body="")
        RawCallback.objects.filter(pk__in=Inbound.objects.filter(pk__in=ids).values("raw_id")).update(body="")
        audit.record(
            actor=actor,
            action="inbound.erased",
            target=Inbound,
            target_ids=ids,
            fields=["sender", "sender_key", "subject", "body"],
        )
    return len(ids)


def forget_calls() -> int:
    """Erase what providers' calls said, 90 days after they were read; returns how many were."""
    over = RawCallback.objects.filter(processed_at__lte=timezone.now() - KEEP_CALLS).exclude(body="")
    ids = list(over.order_by("pk").values_list("pk", flat=True)[:BATCH])
    return RawCallback.objects.filter(pk__in=ids).update(body="")
