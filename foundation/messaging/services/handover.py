"""Having what a service would not take handed to it again, once somebody has mended the service."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from foundation.access import holds_any, require
from foundation.accounts.enums import OPERATORS
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.messaging.models import Inbound, SettlementRow
from foundation.messaging.selectors import news_not_taken, replies_not_taken


@transaction.atomic
def hand_over_again(*, actor: Actor) -> int:
    """Make every reply and all news that `actor` looks after due now; returns how many there were.

    The sweeper hands them over within seconds. Raises `Refused` for others than operators.
    """
    require(holds_any(actor, OPERATORS, "Only a duty manager or an administrator may do this."))
    now = timezone.now()
    hurried = 0
    for model, waiting in ((Inbound, replies_not_taken(actor)), (SettlementRow, news_not_taken(actor))):
        ids = list(waiting.values_list("pk", flat=True))
        hurried += model._default_manager.filter(pk__in=ids).update(due_at=now)
        if ids:
            audit.record(
                actor=actor, action="handover.hurried", target=model, target_ids=ids, fields=["due_at"]
            )
    return hurried
