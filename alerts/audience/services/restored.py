"""After a restore: pauses, their ends and leavings that the backup did not know, again from the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from alerts.audience.models import Subscriber
from alerts.audience.services.choosing import go_on, leave, pause_until, void_sign_ups_of
from alerts.enums import AudienceChannel
from foundation.actors import Actor

RESTORER = Actor.system("audience.restored")


def leave_again(ids: Mapping[str, Any]) -> bool:
    """Somebody had left whom the backup still knew, or knew as a system that was about to be asked."""
    waiting = void_sign_ups_of([ids["to_key"]]) if ids["channel"] == AudienceChannel.WEBHOOK else 0
    left = leave(actor=RESTORER, subscriber_ids=list(_whose(ids).values_list("pk", flat=True)))
    return left + waiting > 0


@transaction.atomic
def pause_again(ids: Mapping[str, Any]) -> bool:
    """Somebody had paused; a pause whose time is over meanwhile needs nothing."""
    until = datetime.fromisoformat(ids["until"])
    found = list(_whose(ids).values_list("pk", flat=True))
    if until > timezone.now():
        return sum(pause_until(RESTORER, pk, until) for pk in found) > 0
    return bool(found)


@transaction.atomic
def go_on_again(ids: Mapping[str, Any]) -> bool:
    """Somebody had ended their pause."""
    found = _whose(ids).values_list("pk", flat=True)
    return sum(go_on(actor=RESTORER, subscriber_id=pk) for pk in found) > 0


def _whose(ids: Mapping[str, Any]) -> QuerySet[Subscriber]:
    """By the key of the address. Lines of before 30 November 2026 do not say whether rehearsals are meant."""
    rows = Subscriber.objects.filter(channel=ids["channel"], to_key=ids["to_key"], left_at__isnull=True)
    return rows.filter(is_test=bool(ids["is_test"])) if "is_test" in ids else rows
