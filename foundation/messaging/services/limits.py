"""How many messages may go out for one organisation: set by the charity, kept at every claim (`gates`)."""

from __future__ import annotations

from django.db import transaction

from foundation.access import Refusal, require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.messaging.models import RateLimit
from foundation.messaging.policies import may_switch
from foundation.messaging.switchboard import policy_of

MOST = 100_000
LONGEST_SECONDS = 7 * 24 * 3600


@transaction.atomic
def set_limit(
    *, actor: Actor, organisation_id: int, service: str, count: int, seconds: int, reason: str
) -> RateLimit:
    """Let at most `count` messages of `service` go out for it within any `seconds`; the rest wait.

    Raises `Refused` for others than the charity's operators, without a reason, or for figures that
    cannot be meant; `UnknownService` for a service that sends nothing.
    """
    require(may_switch(actor))
    policy_of(service)
    if not reason.strip():
        require(Refusal("reason_required", "Say why. This is kept with the record."))
    if not (0 < count <= MOST and 0 < seconds <= LONGEST_SECONDS):
        require(Refusal("out_of_range", "Give 1 to 100,000 messages, within a week at most."))
    row, _ = RateLimit.objects.update_or_create(
        organisation_id=organisation_id, service=service, defaults={"count": count, "seconds": seconds}
    )
    audit.record(actor=actor, action="limit.set", target=row, fields=["count", "seconds"], reason=reason)
    return row


@transaction.atomic
def remove_limit(*, actor: Actor, limit_id: int, reason: str) -> None:
    """Let an organisation's messages go out at any rate again. Nothing happens where there is no limit."""
    require(may_switch(actor))
    if not reason.strip():
        require(Refusal("reason_required", "Say why. This is kept with the record."))
    for row in RateLimit.objects.filter(pk=limit_id).select_for_update():
        audit.record(actor=actor, action="limit.removed", target=row, fields=["count"], reason=reason)
        row.delete()
