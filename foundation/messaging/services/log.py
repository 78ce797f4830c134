"""Writing a message's log and telling its owner: always in the transaction of the move itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from foundation.actors import Actor
from foundation.messaging.enums import AttemptOutcome, MessageStatus
from foundation.messaging.models import Attempt, Message, SettlementRow


def write_log(
    message_ids: Sequence[int],
    outcome: AttemptOutcome,
    *,
    code: str = "",
    reason: str = "",
    provider_id: str = "",
    actor: Actor | None = None,
) -> None:
    """Append one line to each message's log."""
    now = timezone.now()
    numbers = dict(Message.objects.filter(pk__in=message_ids).values_list("pk", "attempts"))
    Attempt.objects.bulk_create(
        Attempt(
            message_id=pk,
            number=numbers[pk],
            at=now,
            outcome=outcome,
            code=code,
            reason=reason,
            provider_id=provider_id,
            user_id=actor.user_id if actor else None,
        )
        for pk in message_ids
    )


def tell_owners(message_ids: Sequence[int], status: MessageStatus, *, at: datetime) -> None:
    """Owe the owners of these messages the news that they came to stand at `status`."""
    rows = Message.objects.filter(pk__in=message_ids).order_by("pk")
    SettlementRow.objects.bulk_create(
        SettlementRow(
            message_id=pk,
            service=service,
            owner_label=label,
            owner_id=owner_id,
            status=status,
            at=at,
            due_at=at,
        )
        for pk, service, label, owner_id in rows.values_list("pk", "service", "owner_label", "owner_id")
    )
