"""Emptying what is no longer needed: that a message went, and when, stays; its words go.

`alerts.cap.keeping` says when; the one eraser of the house runs it, past every legal hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from alerts.cap import deadlines
from alerts.cap.enums import Direction
from alerts.cap.models import CapArrival, CapMessage
from foundation.actors import Actor
from foundation.audit import services as audit

BATCH = 500


def messages_due(now: datetime) -> list[int]:
    """Received messages after 90 days and sent ones after a year, whose words are still there."""
    received = Q(direction=Direction.IN, received_at__lte=now - deadlines.KEEP_RECEIVED) & ~Q(original="")
    sent = Q(direction=Direction.OUT, created_at__lte=now - deadlines.KEEP_SENT) & ~Q(document="")
    rows = CapMessage.objects.filter(received | sent).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def erase_words(ids: Sequence[int], actor: Actor) -> int:
    """Empty the words of these messages; returns how many they were."""
    rows = CapMessage.objects.filter(pk__in=list(ids)).exclude(document="", original="")
    found = list(rows.order_by("pk").values_list("pk", flat=True))
    CapMessage.objects.filter(pk__in=found).update(original="", document="")
    if found:
        fields = ["document", "original"]
        audit.record(actor=actor, action="cap.erased", target=CapMessage, target_ids=found, fields=fields)
    return len(found)


def arrivals_due(now: datetime) -> list[int]:
    """Calls that were read a month ago: what is left of them is a result and a time."""
    rows = CapArrival.objects.filter(processed_at__lte=now - deadlines.KEEP_ARRIVALS).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def drop_arrivals(ids: Sequence[int], actor: Actor) -> int:
    """Drop these calls; the messages that they brought stay."""
    count, _ = CapArrival.objects.filter(pk__in=list(ids)).delete()
    if count:
        audit.record(actor=actor, action="cap.arrivals_dropped", target=CapArrival, target_ids=list(ids))
    return count
