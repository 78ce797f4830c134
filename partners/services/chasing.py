"""What waits for a partner too long is chased, called by the clock.

A referral that nobody answers reminds, escalates, then comes back. One whose partner falls silent reminds and
escalates, and stays with it: what was begun there is for a person to take back.
"""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from foundation.audit import services as audit
from foundation.messaging.exceptions import InvalidAddress, NotDialable
from foundation.rounds import each
from partners.deadlines import ESCALATE_SILENCE_AFTER
from partners.enums import HELD, ReferralStatus, ReturnReason
from partners.models import Referral
from partners.selectors import since_due
from partners.services import telling
from partners.services.common import go, locked
from partners.system import CHASING

log = structlog.get_logger(__name__)
BATCH = 200
_S = ReferralStatus


def chase_due() -> int:
    """Do what is due for every referral that waits for a word; returns for how many something was done."""
    now = timezone.now()
    return each(_due(now), lambda pk: chase(pk, now=now))


def _due(now: datetime) -> list[int]:
    due = (
        Q(remind_at__lte=now, reminded_at__isnull=True)
        | Q(escalate_at__lte=now, escalated_at__isnull=True)
        | Q(return_at__lte=now)
    )
    unanswered = Referral.objects.filter(due, status=_S.SENT).order_by("remind_at", "pk")
    silent = Referral.objects.filter(
        ~since_due("reminded_at")
        | Q(progress_due_at__lte=now - ESCALATE_SILENCE_AFTER) & ~since_due("escalated_at"),
        status__in=sorted(HELD),
        progress_due_at__lte=now,
    ).order_by("progress_due_at", "pk")
    return [
        *unanswered.values_list("pk", flat=True)[:BATCH],
        *silent.values_list("pk", flat=True)[:BATCH],
    ]


@transaction.atomic
def chase(referral_id: int, *, now: datetime) -> bool:
    """The latest step that is due, once: a partner that answered meanwhile is left alone."""
    referral = locked(referral_id)
    if referral.status in HELD:
        return _chase_silent(referral, now)
    if referral.status != _S.SENT:
        return False
    if _is_past(referral.return_at, now):
        _give_up(referral)
    elif _is_past(referral.escalate_at, now) and referral.escalated_at is None:
        _mark(referral, "escalated_at", now)
        telling.tell_managers(referral, "late")
    elif _is_past(referral.remind_at, now) and referral.reminded_at is None:
        _mark(referral, "reminded_at", now)
        _remind(referral, "reminder", now)
    else:
        return False
    return True


def _chase_silent(referral: Referral, now: datetime) -> bool:
    due = referral.progress_due_at
    if due is None or due > now:
        return False
    if due + ESCALATE_SILENCE_AFTER <= now and not referral.is_escalated:
        _mark(referral, "escalated_at", now)
        telling.tell_managers(referral, "silent")
    elif not referral.is_reminded:
        _mark(referral, "reminded_at", now)
        _remind(referral, "progress", now)
    else:
        return False
    return True


def _remind(referral: Referral, kind: str, now: datetime) -> None:
    """An address that nothing can be sent to holds up none of the others: it escalates."""
    try:
        telling.write_to_partner(referral, kind, now=now)
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
    changed = [field]
    if field == "escalated_at" and not referral.is_reminded:
        changed.append("reminded_at")
    for name in changed:
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
