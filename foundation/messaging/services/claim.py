"""Claiming: the committed promise that exactly one worker will call the provider."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from foundation.actors import Actor
from foundation.backups.selectors import is_held
from foundation.messaging.enums import AttemptOutcome, MessageStatus
from foundation.messaging.models import Message
from foundation.messaging.models.control import EVERYTHING
from foundation.messaging.services import switches
from foundation.messaging.services.gates import STOPPED, Gates, Verdict
from foundation.messaging.services.log import tell_owners, write_log
from foundation.messaging.states import MESSAGE
from foundation.messaging.switchboard import policies
from foundation.states import move_many

CLAIMER = Actor.system("messaging.claim")


@dataclass(frozen=True, slots=True)
class Claim:
    """One message that this worker, and nobody else, is about to send."""

    message: Message
    token: UUID
    at: datetime


def claim_one(*, message_id: int) -> Claim | None:
    """Claim one message that is due; None where it is not, or somebody else has it."""
    # By its key alone: asked for its state too, Postgres may go through all that are queued.
    claims = _claim(Message.objects.filter(pk=message_id), limit=1)
    return claims[0] if claims else None


def claim_due(*, lane: str, limit: int) -> list[Claim]:
    """Claim up to `limit` due messages of `lane`, the longest due first."""
    stopped = switches.stopped()
    if EVERYTHING in stopped or is_held(lane):
        return []
    due = Message.objects.filter(
        lane=lane,
        status=MessageStatus.QUEUED,
        next_attempt_at__lte=timezone.now(),
        service__in=list(policies()),
    ).exclude(service__in=stopped)
    return _claim(due.order_by("next_attempt_at"), limit=limit)


def _claim(rows: QuerySet[Message], *, limit: int) -> list[Claim]:
    """One transaction, always the outermost: when it has committed, none is open (design.md, idea 3)."""
    with transaction.atomic(durable=True):
        now = timezone.now()
        locked = rows.select_for_update(skip_locked=True, no_key=True)[:limit]
        due = [row for row in locked if _is_due(row, now=now)]
        if not due:
            return []
        gates = Gates(due, now=now)
        free: list[Message] = []
        for row in due:
            held = gates.verdict(row)
            if held is None:
                free.append(row)
            else:
                _hold(row, held, now=now)
        return _take(free, now=now)


def _is_due(row: Message, *, now: datetime) -> bool:
    return row.status == MessageStatus.QUEUED and row.next_attempt_at <= now and row.service in policies()


def _hold(row: Message, held: Verdict, *, now: datetime) -> None:
    if held.to is not None:
        end_queued([row.pk], held, now=now)
    elif held is not STOPPED:
        Message.objects.filter(pk=row.pk).update(next_attempt_at=held.until)


def end_queued(message_ids: Sequence[int], verdict: Verdict, *, now: datetime) -> list[int]:
    """End queued messages without a provider call, and tell their owners. Returns those ended."""
    to = MessageStatus(verdict.to or MessageStatus.FAILED)
    ids = move_many(
        Message.objects.filter(pk__in=message_ids),
        MESSAGE,
        MessageStatus.QUEUED,
        to,
        actor=CLAIMER,
        changes={"failed_code": verdict.code, "failed_reason": verdict.reason, "settled_at": now},
        audited=False,
        keyed=True,
    )
    write_log(ids, verdict.outcome, code=verdict.code, reason=verdict.reason)
    tell_owners(ids, to, at=now)
    return ids


def _take(rows: Sequence[Message], *, now: datetime) -> list[Claim]:
    """Mark the rows as ours. The token is the batch's: together with the row it names one claim."""
    if not rows:
        return []
    token = uuid4()
    ids = [row.pk for row in rows]
    move_many(
        Message.objects.all(),
        MESSAGE,
        MessageStatus.QUEUED,
        MessageStatus.SENDING,
        actor=CLAIMER,
        changes={"claim_token": token, "claimed_at": now, "attempts": F("attempts") + 1},
        audited=False,
        held={row.pk: row.status for row in rows},
    )
    write_log(ids, AttemptOutcome.CLAIMED)
    for row in rows:  # locked since they were read: what is written is what they are
        row.status, row.claim_token, row.claimed_at = MessageStatus.SENDING, token, now
        row.attempts += 1
    return [Claim(row, token, now) for row in rows]
