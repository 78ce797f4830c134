"""After a restore: what had been ended is ended again, and outlets are told of what nobody here remembers.

Nothing is published by it. What was brought back after the backup, or made ready, waits for a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from appeals.enums import AppealStatus, ConsentStatus, WithdrawCause
from appeals.models import Appeal, Consent
from appeals.selectors import newest_consents
from appeals.services import leftovers
from appeals.services.common import hold, moved_on, written
from appeals.services.editing import return_to_draft
from appeals.services.recording import heed_consent
from appeals.services.withdrawing import withdraw_held
from appeals.system import RESTORER
from foundation.audit import services as audit

_WHY = "Done again from the ledger after a restore."
# Nobody knows any more who answered: that it was less than a yes is what counts.
_WHO = "Not known: entered after a restore"


def withdraw_again(ids: Mapping[str, Any]) -> bool:
    """An appeal had been withdrawn, whatever for."""
    appeal = _held(ids)
    if appeal is not None and appeal.is_running:
        withdraw_held(RESTORER, appeal, cause=WithdrawCause.STAFF, reason="Withdrawn again after a restore.")
    return appeal is not None


def pause_again(ids: Mapping[str, Any]) -> bool:
    """An appeal had been paused."""
    appeal = _held(ids)
    if appeal is not None:
        leftovers.pause_again(appeal)
    return appeal is not None


def say_it_was_resumed(ids: Mapping[str, Any]) -> bool:
    """A paused appeal had been brought back: whether it may be is for a person to say again."""
    appeal = _held(ids)
    if appeal is not None and appeal.status == AppealStatus.PAUSED:
        words = f"Appeal {appeal.reference} was resumed after the backup: look at it, and resume it again"
        moved_on(RESTORER, appeal, "resumed_before_restore", words)
    return appeal is not None


def unready_again(ids: Mapping[str, Any]) -> bool:
    """It was not ready to publish any more: its words, its risks or its time are looked at anew."""
    appeal = _held(ids)
    if appeal is None:
        return False
    return_to_draft(RESTORER, appeal)
    if appeal.status in (AppealStatus.DRAFT, AppealStatus.REQUESTED) and appeal.risk_checked_at:
        appeal.risk_checked_at = None
        written(appeal, "risk_checked_at")
        audit.record(
            actor=RESTORER,
            action="appeals.risk_to_be_checked_again",
            target=appeal,
            incident_id=appeal.incident_id,
            fields=["risk_checked_at"],
        )
    return True


def answer_again(ids: Mapping[str, Any]) -> bool:
    """Somebody had said no, taken consent back, or narrowed it."""
    if not Appeal.objects.filter(pk=ids["appeal_id"]).exists():
        return False
    incident, appeal = hold(RESTORER, ids["appeal_id"])
    before = next((one for one in newest_consents(appeal) if one.by == ids["by"]), None)
    # A yes is not made up here: one that stands is narrowed, and no other is given.
    if ids["status"] == ConsentStatus.GIVEN and (before is None or before.status != ConsentStatus.GIVEN):
        return True
    consent = _consent(appeal, ids, before)
    audit.record(
        actor=RESTORER,
        action="appeals.consent_recorded",
        target=consent,
        incident_id=appeal.incident_id,
        fields=["by", "status", "covers_photo", "covers_surname", "how"],
    )
    if appeal.is_running:
        heed_consent(RESTORER, incident, appeal, consent)
    return True


def _consent(appeal: Appeal, ids: Mapping[str, Any], before: Consent | None) -> Consent:
    return Consent.objects.create(
        appeal=appeal,
        by=ids["by"],
        status=ids["status"],
        covers_photo=bool(ids["covers_photo"]) and (before is None or before.covers_photo),
        covers_surname=bool(ids["covers_surname"]) and (before is None or before.covers_surname),
        name=_WHO,
        how=ids["how"],
        words=_WHY,
        recorded_at=timezone.now(),
    )


def placed_again(ids: Mapping[str, Any]) -> bool:
    """Outlets had been given an appeal."""
    return leftovers.take_down_left_over(ids, at=datetime.fromisoformat(ids["at"]))


def _held(ids: Mapping[str, Any]) -> Appeal | None:
    """The appeal of a line, locked with its incident; None for one that is younger than the backup."""
    if not Appeal.objects.filter(pk=ids["appeal_id"]).exists():
        return None
    return hold(RESTORER, ids["appeal_id"])[1]
