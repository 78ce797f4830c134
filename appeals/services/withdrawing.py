"""Withdrawing: one transaction here, and every outlet told afterwards."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from appeals import policies
from appeals.enums import AppealStatus, WithdrawCause
from appeals.events import AppealWithdrawn
from appeals.models import Appeal
from appeals.models.appeals import RUNNING
from appeals.services.common import hold, moved_on, need, reason_of
from appeals.services.placing import take_off
from appeals.states import APPEAL
from foundation.access import require
from foundation.accounts.enums import OrganisationKind
from foundation.actors import Actor
from foundation.backups.services.ledger import note
from foundation.events.services import publish
from foundation.states import move_held

STOPPER = Actor.system("appeals.withdraw_for_incident")
_OF_SIDE = {
    OrganisationKind.POLICE_FORCE: (WithdrawCause.POLICE_VETO,),
    OrganisationKind.CHARITY: (WithdrawCause.STAFF, WithdrawCause.CONSENT_WITHDRAWN),
}


@transaction.atomic
def withdraw_appeal(
    *, actor: Actor, appeal_id: int, cause: str, reason: str, version: int | None = None
) -> Appeal:
    """Withdraw an appeal everywhere. One person is enough; there is no way back but to ask anew."""
    _, appeal = hold(actor, appeal_id, version=version)
    require(policies.may_withdraw(actor, appeal))
    words = reason_of(reason)
    allowed = _OF_SIDE.get(actor.organisation_kind, ()) if actor.organisation_kind else ()
    if cause not in {*allowed, WithdrawCause.CONSENT_WITHDRAWN}:
        need({"cause": "Choose one of the listed causes."})
    withdraw_held(actor, appeal, cause=WithdrawCause(cause), reason=words)
    return appeal


def withdraw_held(
    actor: Actor, appeal: Appeal, *, cause: WithdrawCause, reason: str, at: datetime | None = None
) -> None:
    """Withdraw an appeal that the caller's transaction holds, with its incident."""
    take_back(actor, appeal, cause=cause, reason=reason, now=at or timezone.now())
    say_withdrawn(actor, appeal)


def take_back(actor: Actor, appeal: Appeal, *, cause: WithdrawCause, reason: str, now: datetime) -> None:
    """Take an appeal off every channel for good, without a word of it to anybody who follows appeals."""
    move_held(
        appeal,
        APPEAL,
        AppealStatus.WITHDRAWN,
        actor=actor,
        reason=reason,
        changes={
            "withdrawn_at": now,
            "withdrawn_cause": cause,
            "withdrawn_by_id": actor.user_id,
            "withdrawn_reason": reason,
            "publish_at": None,
        },
    )
    take_off(actor, appeal, now=now)
    note("appeals.withdrawn", appeal_id=appeal.pk)
    publish(AppealWithdrawn(appeal_id=appeal.pk, incident_id=appeal.incident_id, at=now, cause=cause))


def say_withdrawn(actor: Actor, appeal: Appeal) -> None:
    """Put it on the timeline, and tell whoever follows appeals."""
    moved_on(actor, appeal, "withdrawn", f"Appeal {appeal.reference} is withdrawn")


def withdraw_all(*, incident_id: int, at: datetime) -> list[int]:
    """Withdraw everything that runs for an incident that is no longer open; the caller holds its lock."""
    running = Appeal.objects.select_for_update(no_key=True).filter(
        incident_id=incident_id, status__in=sorted(RUNNING)
    )
    held = list(running.order_by("pk"))
    for appeal in held:
        withdraw_held(STOPPER, appeal, cause=WithdrawCause.STOPPED, reason="", at=at)
    return [appeal.pk for appeal in held]
