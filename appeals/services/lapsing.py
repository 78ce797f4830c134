"""Asking before an appeal lapses, and withdrawing it once it did.

The public pages hide it at the second it lapses by themselves (the view `PublicAppeal`); what is done here
tells every other outlet.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from appeals import deadlines
from appeals.enums import WithdrawCause
from appeals.models import Appeal
from appeals.services.common import hold, moved_on, written
from appeals.services.withdrawing import withdraw_held
from appeals.states import ON_CHANNELS
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.rounds import each

LAPSER = Actor.system("appeals.lapse_due")
ASKER = Actor.system("appeals.ask_before_expiry")


def ask_before_expiry(*, now: datetime) -> int:
    """Say of every appeal that is about to lapse that somebody has to decide; returns of how many."""
    soon = now + deadlines.ASK_BEFORE_EXPIRY
    rows = Appeal.objects.filter(status__in=ON_CHANNELS, expires_at__lte=soon, expiry_asked_at__isnull=True)
    return sum(
        _ask(pk, soon=soon, now=now) for pk in rows.order_by("expires_at").values_list("pk", flat=True)
    )


@transaction.atomic
def _ask(appeal_id: int, *, soon: datetime, now: datetime) -> bool:
    _, appeal = hold(ASKER, appeal_id)
    if appeal.status not in ON_CHANNELS or appeal.expiry_asked_at or not _by(appeal, soon):
        return False
    appeal.expiry_asked_at = now
    written(appeal, "expiry_asked_at")
    audit.record(
        actor=ASKER,
        action="appeals.expiry_asked",
        target=appeal,
        incident_id=appeal.incident_id,
        fields=["expiry_asked_at"],
    )
    moved_on(ASKER, appeal, "expiry_asked", f"Appeal {appeal.reference} lapses soon unless it is renewed")
    return True


def lapse_due(*, now: datetime) -> int:
    """Withdraw every appeal whose time is over; returns how many."""
    rows = Appeal.objects.filter(status__in=ON_CHANNELS, expires_at__lte=now).order_by("expires_at")
    return each(rows.values_list("pk", flat=True), lambda pk: _lapse(pk, now=now))


@transaction.atomic
def _lapse(appeal_id: int, *, now: datetime) -> bool:
    """Renewed or withdrawn meanwhile: it is left alone."""
    _, appeal = hold(LAPSER, appeal_id)
    if appeal.status not in ON_CHANNELS or not _by(appeal, now):
        return False
    withdraw_held(LAPSER, appeal, cause=WithdrawCause.EXPIRED, reason="Its time was over.", at=now)
    return True


def _by(appeal: Appeal, moment: datetime) -> bool:
    return appeal.expires_at is not None and appeal.expires_at <= moment
