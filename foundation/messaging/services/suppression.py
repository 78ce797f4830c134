"""The ledger of addresses that a service must not write to."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from foundation.access import Refusal, holds_any, require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.backups.services.ledger import note
from foundation.messaging import addresses, numbers
from foundation.messaging.enums import SuppressionCause
from foundation.messaging.models import Suppression
from foundation.messaging.switchboard import policy_of


def key_for(channel: str, to: str) -> str:
    """The blind index of an address as written by a person. Raises `InvalidAddress`."""
    return numbers.key_of(channel, addresses.normalise(channel, to))


def is_suppressed(service: str, channel: str, to: str) -> bool:
    """Whether `service` must not write to `to` now."""
    return is_key_suppressed(service, channel, key_for(channel, to))


def is_key_suppressed(service: str, channel: str, to_key: str) -> bool:
    """As `is_suppressed`, by the address's blind index."""
    return _running(service, channel, to_key).exists()


def _running(service: str, channel: str, to_key: str) -> QuerySet[Suppression]:
    return Suppression.objects.filter(service=service, channel=channel, to_key=to_key, lifted_at__isnull=True)


@transaction.atomic
def suppress(*, actor: Actor, service: str, channel: str, to: str, cause: str) -> Suppression:
    """Have `service` never write to `to` again until it is lifted. Twice is once.

    What is queued already is suppressed when it is claimed.
    """
    return suppress_key(
        actor=actor, service=service, channel=channel, to_key=key_for(channel, to), cause=cause
    )


@transaction.atomic
def suppress_key(*, actor: Actor, service: str, channel: str, to_key: str, cause: str) -> Suppression:
    """As `suppress`, by the address's blind index."""
    if not actor.is_system:
        require(_may_change(actor, service))
    row = Suppression(
        service=service,
        channel=channel,
        to_key=to_key,
        cause=SuppressionCause(cause),
        started_at=timezone.now(),
        started_by_id=actor.user_id,
    )
    Suppression.objects.bulk_create([row], ignore_conflicts=True)
    kept = _running(service, channel, to_key).get()
    note("suppression.started", service=service, channel=channel, to_key=to_key, cause=kept.cause)
    audit.record(actor=actor, action="suppression.started", target=kept, fields=["cause"])
    return kept


@transaction.atomic
def lift(*, actor: Actor, service: str, channel: str, to: str, reason: str) -> bool:
    """Lift a suppression at the person's wish; False where there was none.

    Raises `Refused` for anybody but those the service's policy names (TextSafe: the helpline), and
    without a reason.
    """
    require(_may_change(actor, service))
    if not reason.strip():
        require(Refusal("reason_required", "Say how you know that the person wishes it."))
    return lift_key(actor=actor, service=service, channel=channel, to_key=key_for(channel, to), reason=reason)


def lift_key(*, actor: Actor, service: str, channel: str, to_key: str, reason: str) -> bool:
    """Lift by blind index, in the caller's transaction; who may is the caller's to check."""
    row = _running(service, channel, to_key).select_for_update().first()
    if row is None:
        return False
    row.lifted_at = timezone.now()
    row.lifted_by_id = actor.user_id
    row.save(update_fields=["lifted_at", "lifted_by_id"])
    note("suppression.lifted", service=service, channel=channel, to_key=to_key)
    audit.record(actor=actor, action="suppression.lifted", target=row, fields=["lifted_at"], reason=reason)
    return True


def _may_change(actor: Actor, service: str) -> Refusal | None:
    return holds_any(actor, policy_of(service).lifted_by, "Only the helpline changes who may be written to.")
