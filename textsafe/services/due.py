"""What time makes due: automatic requests, texts whose slot has come, windows that close."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from foundation.actors import Actor
from foundation.states import move_many
from missingcases.services import lock_incident
from textsafe.enums import Origin, RequestStatus
from textsafe.models import Request
from textsafe.services import automation
from textsafe.services.sending import hand_over
from textsafe.states import REQUEST

CLOCK = Actor.system("textsafe.clock")
BATCH = 200


def release_due() -> int:
    """Do what time has made due: automatic requests, texts whose slot has come, requests that lapse.

    Each in a transaction of its own; safe to run twice at once. Returns how many were looked at.
    """
    now = timezone.now()
    lapse(now=now)
    due = Q(status=RequestStatus.APPROVED) | Q(
        status=RequestStatus.REQUESTED, origin=Origin.AUTOMATION, needs_person=False
    )
    ids = list(
        Request.objects.filter(due, not_before__lte=now, closes_at__gt=now)
        .order_by("not_before", "pk")
        .values_list("pk", flat=True)[:BATCH]
    )
    for request_id in ids:
        _release_one(request_id)
    return len(ids)


@transaction.atomic
def _release_one(request_id: int) -> None:
    known = Request.objects.only("pk", "incident").get(pk=request_id)
    lock_incident(known.incident_id)
    request = Request.objects.select_related("phone", "wording").get(pk=request_id)
    now = timezone.now()
    if request.status == RequestStatus.APPROVED:
        hand_over(request, actor=CLOCK, now=now)
    elif request.status == RequestStatus.REQUESTED and not request.needs_person:
        automation.screen_automatic(request, now=now)


def lapse(*, now: datetime) -> list[int]:
    """End what nobody decided on, or what found no slot, before its window closed."""
    return move_many(
        Request.objects.filter(closes_at__lte=now),
        REQUEST,
        (RequestStatus.REQUESTED, RequestStatus.APPROVED),
        RequestStatus.EXPIRED,
        actor=CLOCK,
        changes={"needs_person": False},
    )
