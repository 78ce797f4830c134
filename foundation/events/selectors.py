"""Reading what is owed, for the staff page."""

from __future__ import annotations

import inspect
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from foundation.accounts.enums import Role
from foundation.actors import Actor
from foundation.events.models import Owed, OwedStatus
from foundation.events.switchboard import subscribers
from foundation.failures import in_words

# A delivery younger than this is on its way, not late.
GRACE = timedelta(seconds=30)
SHOWN = 200


def visible_to(actor: Actor) -> QuerySet[Owed]:
    """Deliveries `actor` may see: all of them for an administrator, else none."""
    return Owed.objects.all() if actor.holds({Role.ADMINISTRATOR}) else Owed.objects.none()


def needing_attention(actor: Actor) -> list[dict[str, Any]]:
    """Stuck deliveries first, failed stops among them on top, then those failing or late."""
    late = Q(attempts__gt=0) | Q(due_at__lt=timezone.now() - GRACE) | Q(was_together=True)
    waiting = Q(status=OwedStatus.STUCK) | (Q(status=OwedStatus.OWED) & late)
    rows = visible_to(actor).filter(waiting)
    ordered = rows.order_by("-was_together", "-status", "created_at")[:SHOWN]
    return [
        {"row": row, "words": what_it_does(row.subscriber), "error": in_words(row.error_kind)}
        for row in ordered
    ]


def what_it_does(path: str) -> str:
    """What a subscriber does, in the first line of its own docstring."""
    subscriber = subscribers().get(path)
    doc = inspect.getdoc(subscriber) if subscriber else None
    return doc.splitlines()[0] if doc else path


def failed_stops(key: str, record_id: int) -> list[str]:
    """What a stop of one record still has to do because it failed inside the transaction, in words.

    `key` is the name of the record's id in the event, such as ``incident_id``.
    """
    rows = Owed.objects.filter(was_together=True, **{f"payload__{key}": record_id}).exclude(
        status=OwedStatus.DONE
    )
    return [what_it_does(path) for path in rows.order_by("pk").values_list("subscriber", flat=True)]
