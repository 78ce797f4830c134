"""Telling the force's own systems that what an officer reads of a request has changed, and nothing more.

Looked for by the clock alone and from the officer's view alone: a text that was refused, capped or suppressed
is told in the same way and at the same time as one that nobody decided on (docs/adr/0030).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Least
from django.utils import timezone

from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.rounds import each
from missingcases.hooks import services as hooks
from textsafe import selectors
from textsafe.contributions import status_hook
from textsafe.enums import OfficerStatus
from textsafe.models import Request
from textsafe.states import IN_THE_AIR

TELLER = Actor.system("textsafe.telling")
BATCH = 200
# A receipt that comes later than this is no news to a system.
TOLD_FOR = timedelta(days=14)


def tell_systems() -> int:
    """Tell of every request that reads otherwise than was last told; returns how many there were."""
    now = timezone.now()
    closes = Least(Coalesce("closed_early_at", "closes_at"), F("closes_at"))
    over = Q(told="", sent_at__isnull=True, closes__lte=now) & ~Q(status__in=sorted(IN_THE_AIR))
    arrived = Q(told=OfficerStatus.SENT, delivered_at__isnull=False)
    rows = Request.objects.filter(told__in=["", OfficerStatus.SENT], requested_at__gt=now - TOLD_FOR)
    due = rows.annotate(closes=closes).filter(over | arrived | Q(told="", sent_at__isnull=False))
    ids = list(due.order_by("requested_at", "pk").values_list("pk", flat=True)[:BATCH])
    return each(ids, lambda pk: _tell(pk, now))


@transaction.atomic
def _tell(request_id: int, now: datetime) -> bool:
    rows = Request.objects.select_for_update(no_key=True, skip_locked=True, of=("self",))
    request = rows.select_related("incident").filter(pk=request_id).first()
    if request is None:
        return False
    view = selectors.seen_by_officer(request, now=now)
    if view.status in {OfficerStatus.WAITING, request.told}:
        return False
    Request.objects.filter(pk=request_id).update(told=view.status)
    told = hooks.tell(
        kind=status_hook.value, incident_id=request.incident_id, at=now, subject=request.reference
    )
    if told:
        audit.record(
            actor=TELLER,
            action="textsafe.status_told",
            target=request,
            incident_id=request.incident_id,
            on_behalf_of_id=request.incident.owner_id,
            fields=["status"],
        )
    return True
