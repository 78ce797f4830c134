"""What is owed to a family: actions, promised calls, risks to look after."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from families.enums import TaskKind, TaskStatus
from families.models import ContactRecord, FamilyMember, SupportCase, SupportTask
from families.services.common import case_to_write, filled, is_worker, member_of
from families.states import TASK
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid, NotVisible
from foundation.states import move


def owe(
    case: SupportCase,
    actor: Actor,
    *,
    kind: str,
    words: str,
    due_at: datetime,
    member: FamilyMember | None = None,
    contact: ContactRecord | None = None,
    owner_id: int | None = None,
) -> SupportTask:
    """Put something down that is owed, in the transaction of what it follows from."""
    row = SupportTask.objects.create(
        case=case,
        member=member,
        contact=contact,
        kind=kind,
        words=words,
        owner_id=owner_id or actor.user_id,
        due_at=due_at,
        made_by_id=actor.user_id,
        made_at=timezone.now(),
    )
    audit.record(actor=actor, action="families.task_added", target=row)
    return row


@transaction.atomic
def add_task(
    *,
    actor: Actor,
    case_id: int,
    kind: str,
    words: str,
    due_at: datetime,
    owner_id: int | None = None,
    member_id: int | None = None,
) -> SupportTask:
    """Add an action or a promised call; without an owner it is the actor's."""
    case = case_to_write(actor, case_id)
    text = filled("words", words, "Say what is to be done.")
    if owner_id is not None and not is_worker(owner_id, case.charity_id):
        raise Invalid({"owner": "Choose a colleague who supports families."})
    member = member_of(case, member_id) if member_id else None
    return owe(case, actor, kind=TaskKind(kind), words=text, due_at=due_at, owner_id=owner_id, member=member)


@transaction.atomic
def finish_task(*, actor: Actor, task_id: int) -> SupportTask:
    """It was done."""
    return _end(actor, task_id, TaskStatus.DONE, "")


@transaction.atomic
def drop_task(*, actor: Actor, task_id: int, reason: str) -> SupportTask:
    """It is not needed any more, and why."""
    return _end(actor, task_id, TaskStatus.DROPPED, reason)


def _end(actor: Actor, task_id: int, to: TaskStatus, reason: str) -> SupportTask:
    row = SupportTask.objects.filter(pk=task_id).first()
    if row is None:
        raise NotVisible(f"task {task_id}")
    case_to_write(actor, row.case_id)
    changes = {"ended_at": timezone.now(), "ended_by_id": actor.user_id}
    return move(row, TASK, to, actor=actor, reason=reason, changes=changes)
