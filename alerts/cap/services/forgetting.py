"""Emptying what is no longer needed: what a message was stays, its words go."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from alerts.cap import deadlines
from alerts.cap.enums import Direction
from alerts.cap.models import CapArrival, CapMessage
from foundation.actors import Actor
from foundation.audit import services as audit

FORGETTER = Actor.system("cap.forget")
BATCH = 500


@transaction.atomic
def forget_words(*, now: datetime) -> int:
    """Empty received messages after 90 days and sent ones after a year; returns how many."""
    received = Q(direction=Direction.IN, received_at__lte=now - deadlines.KEEP_RECEIVED) & ~Q(original="")
    sent = Q(direction=Direction.OUT, created_at__lte=now - deadlines.KEEP_SENT) & ~Q(document="")
    ids = list(CapMessage.objects.filter(received | sent).order_by("pk").values_list("pk", flat=True)[:BATCH])
    if ids:
        CapMessage.objects.filter(pk__in=ids).update(original="", document="")
        audit.record(
            actor=FORGETTER,
            action="cap.forgotten",
            target=CapMessage,
            target_ids=ids,
            fields=["document", "original"],
        )
    return len(ids)


@transaction.atomic
def forget_arrivals(*, now: datetime) -> int:
    """Drop what came of calls a month ago; the messages that they brought stay. Returns how many."""
    old = CapArrival.objects.filter(processed_at__lte=now - deadlines.KEEP_ARRIVALS).order_by("pk")
    ids = list(old.values_list("pk", flat=True)[:BATCH])
    CapArrival.objects.filter(pk__in=ids).delete()
    return len(ids)
