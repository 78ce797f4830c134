"""Holding texts back: the same way for a stop, a withdrawal and a veto."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from foundation.actors import Actor
from foundation.messaging import services as messaging
from foundation.states import move_many
from textsafe.enums import RequestStatus
from textsafe.labels import REQUEST_LABEL
from textsafe.models import Request
from textsafe.states import IN_THE_AIR, REQUEST, STOPPABLE

STOPPER = Actor.system("textsafe.hold_back")


def hold_back(rows: QuerySet[Request], *, at: datetime, cause: str) -> list[int]:
    """Hold back every request of `rows` that has not been handed over; return those that were left.

    Each that was not sent reads Not sent from `at` on, whatever had become of it before: so the end
    that the force itself makes tells nothing of an end that the charity had made. The caller holds the
    incident's lock. Ids left are claimed: their texts may go out, and that is shown.
    """
    ids = list(rows.values_list("pk", flat=True))
    mine = Request.objects.filter(pk__in=ids)
    _end_for_officer(mine, at=at)
    live = list(mine.filter(status__in=(*STOPPABLE, *IN_THE_AIR)).values_list("pk", flat=True))
    taken = messaging.cancel_for_owner(actor=STOPPER, owner_label=REQUEST_LABEL, owner_ids=live, cause=cause)
    move_many(mine, REQUEST, STOPPABLE, RequestStatus.CANCELLED, actor=STOPPER)
    # Claimed once, waiting to be tried again, and now taken back: it did not go.
    put_back = mine.filter(pk__in=taken.cancelled)
    move_many(put_back, REQUEST, IN_THE_AIR, RequestStatus.CANCELLED, actor=STOPPER)
    in_the_air = mine.filter(status__in=IN_THE_AIR)
    return list(in_the_air.values_list("pk", flat=True))


def _end_for_officer(rows: QuerySet[Request], *, at: datetime) -> None:
    early = Q(closed_early_at__isnull=True) & Q(closes_at__gt=at) & Q(sent_at__isnull=True)
    rows.filter(early).update(closed_early_at=at)


def stop_requests(*, incident_id: int, at: datetime, cause: str) -> list[int]:
    """Stop everything of an incident that is no longer open; return the requests already being sent."""
    rows = Request.objects.filter(incident_id=incident_id)
    rows.filter(stopped_at__isnull=True).update(stopped_at=at)
    return hold_back(rows, at=at, cause=cause)


def unstop_requests(*, incident_id: int) -> None:
    """The incident is open again: its numbers are kept again. What was held back stays held back."""
    Request.objects.filter(incident_id=incident_id, number_erased_at__isnull=True).update(stopped_at=None)
