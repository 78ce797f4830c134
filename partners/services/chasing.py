"""Referrals that nobody answers: they remind, then escalate, then come back. Called by the clock."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from foundation.audit import services as audit
from foundation.messaging.exceptions import InvalidAddress, NotDialable
from partners.enums import ReferralStatus, ReturnReason
from partners.models import Referral
from partners.services import telling
from partners.services.common import go, locked
from partners.system import CHASING

log = structlog.get_logger(__name__)
BATCH = 200
_S = ReferralStatus


def chase_due() -> int:
    """Do what is due for every unanswered referral; returns for how many something was done."""
    now = timezone.now()
    return sum(chase(pk, now=now) for pk in _due(now))


def _due(now: datetime) -> list[int]:
    due = (
        Q(remind_at__lte=now, reminded_at__isnull=True)
        | Q(escalate_at__lte=now, escalated_at__isnull=True)
        | Q(return_at__lte=now)
    )
    rows = Referral.objects.filter(due, status=_S.SENT).order_by("remind_at", "pk")
    return list(rows.values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def chase(referral_id: int, *, now: datetime) -> bool:
    """The latest step that is due, once: a partner that answered meanwhile is left alone."""
    referral = locked(referral_id)
    if referral.status != _S.SENT:
        return False
    if _is_past(referral.return_at, now):
        _give_up(referral)
    elif _is_past(referral.escalate_at, now) and referral.escalated_at is None:
        _mark(referral, "escalated_at", now)
        telling.tell_managers(referral)
    elif _is_past(referral.remind_at, now) and referral.reminded_at is None:
        _mark(referral, "reminded_at", now)
        _remind(referral, now)
    else:
        return False
    return True


def _remind(referral: Referral, now: datetime) -> None:
    """An address that nothing can be sent to holds up none of the others: it escalates."""
    try:
        telling.write_to_partner(referral, "reminder", now=now)
    except (InvalidAddress, NotDialable):
        log.warning("partner_not_reminded", referral_id=referral.pk)


def _is_past(due: datetime | None, now: datetime) -> bool:
    return due is not None and due <= now


def _give_up(referral: Referral) -> None:
    """Nobody answered: what was shown is shown no more, and its sender chooses another."""
    go(
        CHASING,
        referral,
        _S.RETURNED,
        reason=ReturnReason.UNANSWERED.label,
        return_reason=ReturnReason.UNANSWERED,
    )


def _mark(referral: Referral, field: str, now: datetime) -> None:
    """Done once; a step that a standstill skipped is not made up for afterwards."""
    changed = ["reminded_at", "escalated_at"] if field == "escalated_at" else [field]
    for name in changed:
        if getattr(referral, name) is None:
            setattr(referral, name, now)
    referral.save(update_fields=[*changed, "updated_at"])
    audit.record(
        actor=CHASING,
        action=f"partners.{field.removesuffix('_at')}",
        target=referral,
        incident_id=referral.incident_id,
        on_behalf_of_id=referral.sender_id,
        fields=[field],
    )
