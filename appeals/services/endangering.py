"""Somebody in the family may be the danger: what runs is looked at again, from the commit that says so."""

from __future__ import annotations

from appeals.enums import AppealStatus
from appeals.models import Appeal
from appeals.models.appeals import RUNNING
from appeals.services.common import hold, moved_on, written
from appeals.services.editing import return_to_draft
from appeals.services.foretelling import note_paused
from appeals.services.placing import take_off
from appeals.states import APPEAL
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.states import move_held
from missingcases.policies import FAMILY_DANGER

HEEDER = Actor.system("appeals.look_again_for_family_danger")
_WHY = "somebody in this family may be a danger"


def look_again(person_id: int) -> list[int]:
    """Pause what is live, have authorised again what is not, and end every override: none knew of it.

    A Child Rescue Alert goes on: four people weighed it, and it ends in its launch room. Returns the appeals
    that were live. One that is being published at this moment is seen here once its lock is free.
    """
    rows = Appeal.objects.filter(
        incident__person_id=person_id, status__in=sorted(RUNNING), alert_id__isnull=True
    )
    ids = list(rows.order_by("incident_id", "pk").values_list("pk", flat=True))
    return [pk for pk in ids if _look_again(pk)]


def _look_again(appeal_id: int) -> bool:
    _, appeal = hold(HEEDER, appeal_id)
    if not appeal.is_running:
        return False
    if appeal.override_at is not None:
        _end_override(appeal)
    if appeal.status != AppealStatus.LIVE:
        return_to_draft(HEEDER, appeal, because=_WHY)
        return False
    move_held(appeal, APPEAL, AppealStatus.PAUSED, actor=HEEDER, reason=FAMILY_DANGER.message)
    take_off(HEEDER, appeal)
    note_paused(appeal)
    moved_on(HEEDER, appeal, "paused", f"Appeal {appeal.reference} is paused: {_WHY}")
    return True


def _end_override(appeal: Appeal) -> None:
    """Its reason stays with the record; whoever gave it had not known."""
    appeal.override_at = None
    written(appeal, "override_at")
    audit.record(
        actor=HEEDER,
        action="appeals.override_ended",
        target=appeal,
        incident_id=appeal.incident_id,
        fields=["override_at"],
        reason=FAMILY_DANGER.message,
    )
    moved_on(HEEDER, appeal, "override_ended", f"The override of appeal {appeal.reference} ended: {_WHY}")
