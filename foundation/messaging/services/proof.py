"""What is proved about messages: by the provider's answer, its list or a receipt. It never goes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Case, F, Value, When
from django.db.models.functions import Coalesce

from foundation.actors import Actor
from foundation.messaging.enums import MessageStatus, Standing
from foundation.messaging.models import Message
from foundation.messaging.services.log import tell_owners
from foundation.messaging.states import MESSAGE
from foundation.states import move_many

PROVER = Actor.system("messaging.receipts")
TARGETS = {
    Standing.ACCEPTED: MessageStatus.SENT,
    Standing.DELIVERED: MessageStatus.DELIVERED,
    Standing.FAILED: MessageStatus.FAILED,
    Standing.EXPIRED: MessageStatus.EXPIRED,
}
# Whatever we held a message for, a delivery shows what became of it. A failure or an acceptance may not
# overtake an ending that already tells as much.
_SOURCES: Mapping[MessageStatus, tuple[MessageStatus, ...]] = {
    to: tuple(MessageStatus(source) for source, target in MESSAGE.by_pair if target == to)
    for to in TARGETS.values()
}
REASON = "The provider said so."


def prove(
    message_ids: Sequence[int],
    standing: Standing,
    *,
    at: datetime,
    provider_id: str = "",
    code: str = "",
    reason: str = "",
    changes: Mapping[str, Any] | None = None,
) -> list[int]:
    """Bring messages to what is proved of them, in the caller's transaction; returns those that moved.

    `at` is when the provider said it; `changes` may give other columns, also as expressions.
    """
    to = TARGETS[standing]
    written: dict[str, Any] = {
        "claim_token": None,
        "sent_at": Coalesce(F("sent_at"), F("claimed_at"), Value(at)),
        "unknown_since": None,
        "needs_person": False,
        **_endings(to, at=at, code=code, reason=reason),
        **(changes or {}),
    }
    if provider_id:
        written["provider_id"] = Case(When(provider_id="", then=Value(provider_id)), default=F("provider_id"))
    ids = move_many(
        Message.objects.filter(pk__in=list(message_ids)),
        MESSAGE,
        _SOURCES[to],
        to,
        actor=PROVER,
        reason=REASON,
        changes=written,
        audited=False,
        keyed=True,
    )
    tell_owners(ids, to, at=at)
    return ids


def _endings(to: MessageStatus, *, at: datetime, code: str, reason: str) -> dict[str, Any]:
    if to == MessageStatus.SENT:
        return {"failed_code": "", "failed_reason": ""}
    if to == MessageStatus.DELIVERED:
        return {"delivered_at": at, "settled_at": at, "failed_code": "", "failed_reason": ""}
    return {"settled_at": at, "failed_code": code or str(to), "failed_reason": reason}
