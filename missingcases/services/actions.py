"""Actions: giving somebody something to do, finishing it, and escalating what is late."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import NotVisible
from foundation.states import move
from missingcases.enums import ActionKind, ActionStatus, Audience
from missingcases.models import Action
from missingcases.policies import may_add_action, may_finish_action, sees_record
from missingcases.services.common import for_writing, refuse
from missingcases.services.timeline import add_timeline_entry
from missingcases.states import ACTION
from missingcases.system import ESCALATION


@transaction.atomic
def add_action(
    *,
    actor: Actor,
    incident_id: int,
    title: str,
    owner_id: int,
    due_at: datetime,
    assignee_id: int | None = None,
) -> Action:
    """Give an organisation a task on an incident. Raises `Refused`, `Invalid`, `NotVisible`."""
    incident = for_writing(actor, incident_id)
    require(may_add_action(actor, incident))
    problems: dict[str, str] = {}
    if not title.strip():
        problems["title"] = "Say what is to be done."
    known = {incident.owner_id, incident.placing_authority_id, incident.host_authority_id}
    if owner_id not in known:
        problems["owner"] = "Choose the owner force or a responsible authority."
    refuse(problems)
    action = Action.objects.create(
        incident=incident,
        kind=ActionKind.TASK,
        title=title.strip()[:200],
        owner_id=owner_id,
        assignee_id=assignee_id,
        due_at=due_at,
        created_by_id=actor.user_id,
    )
    audit.record(actor=actor, action="action.added", target=action, incident_id=incident.pk)
    add_timeline_entry(
        incident_id=incident.pk,
        kind="action.added",
        actor=actor,
        audience=Audience.OWNER if owner_id == incident.owner_id else Audience.AUTHORITY,
        summary="Task added",
        subject=("missingcases.Action", action.pk),
    )
    return action


@transaction.atomic
def finish_action(*, actor: Actor, action_id: int, result: str, not_needed: bool = False) -> Action:
    """Mark an action done, or no longer needed; both say what came of it.

    Raises `Refused`, `IllegalMove` where it is finished already, `Invalid`, `NotVisible`.
    """
    found = Action.objects.filter(pk=action_id).select_related("incident").first()
    if found is None or not _may_know(actor, found):
        raise NotVisible(f"action {action_id}")
    require(may_finish_action(actor, found))
    if not result.strip():
        refuse({"result": "Say what came of it."})
    return _finish(actor, found, ActionStatus.NOT_NEEDED if not_needed else ActionStatus.DONE, result)


def _may_know(actor: Actor, action: Action) -> bool:
    if actor.is_system:
        return True
    sides = {action.owner_id, action.incident.owner_id}
    return actor.organisation_id in sides and sees_record(actor, action.incident)


def _finish(actor: Actor, action: Action, to: ActionStatus, result: str) -> Action:
    changes = {"done_at": timezone.now(), "done_by_id": actor.user_id, "result": result.strip()}
    finished = move(action, ACTION, to, actor=actor, reason=result, changes=changes)
    add_timeline_entry(
        incident_id=action.incident_id,
        kind=f"action.{to.value}",
        actor=actor,
        audience=_audience(action),
        summary=f"{to.label}: {ActionKind(action.kind).label}",
        subject=("missingcases.Action", action.pk),
    )
    return finished


def _audience(action: Action) -> Audience:
    return Audience.OWNER if action.owner_id == action.incident.owner_id else Audience.AUTHORITY


def close_subject(actor: Actor, incident_id: int, *, subject: tuple[str, int]) -> None:
    """Finish the actions that asked for what was just done."""
    label, subject_id = subject
    open_ones = Action.objects.filter(
        incident_id=incident_id, subject_label=label, subject_id=subject_id, status=ActionStatus.OPEN
    )
    for action in open_ones.select_related("incident"):
        by = actor if actor.organisation_id == action.owner_id else ESCALATION
        _finish(by, action, ActionStatus.DONE, "")
