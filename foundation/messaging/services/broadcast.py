"""Beginning a broadcast to an audience, holding it, ending it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from foundation.actors import Actor
from foundation.messaging.enums import AttemptOutcome, BroadcastStatus, Channel, DeliveryStatus, Lane
from foundation.messaging.models import Broadcast, BroadcastPart, Delivery
from foundation.messaging.services.entries import write_entries
from foundation.messaging.services.kick import kick_broadcasts
from foundation.messaging.services.progress import Progress, Standing, progress
from foundation.messaging.states import BROADCAST, DELIVERY
from foundation.messaging.switchboard import audience_of, guard_of, policy_of
from foundation.messaging.types import Part
from foundation.prepared import array_of
from foundation.states import move, move_many

__all__ = [
    "Plan",
    "Progress",
    "Standing",
    "begin_many",
    "begin_to_audience",
    "cancel",
    "clear_up",
    "end_chunk",
    "pause",
    "progress",
    "resume",
]
KEEPER = Actor.system("messaging.broadcast")
CHUNK = 1000
_PARTS = """
INSERT INTO messaging_broadcastpart (broadcast_id, part, after, last, is_done)
SELECT broadcast, part, first, last, first >= last
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[]) one (broadcast, part, first, last)
"""
RUNNING = (DeliveryStatus.QUEUED, DeliveryStatus.SENDING)


@dataclass(frozen=True, slots=True)
class Plan:
    """One text to many: its words, whom it goes to, in parts, and until when. `owner` begins it once."""

    channel: str
    service: str
    owner: tuple[str, int]
    guard: str
    body: str = field(repr=False)
    valid_until: datetime
    audience: str
    parts: Sequence[Part]
    subject: str = field(default="", repr=False)


def begin_to_audience(*, actor: Actor, lane: str, **plan: Any) -> Broadcast:
    """Begin one text to many, as `begin_many` does; the words are those of `Plan`."""
    return begin_many(actor=actor, lane=lane, plans=[Plan(**plan)])[0]


@transaction.atomic(savepoint=False)
def begin_many(*, actor: Actor, lane: str, plans: Sequence[Plan]) -> list[Broadcast]:
    """Begin these, in the caller's transaction; the same owner twice gives the first one back.

    Three statements for all and a row a part, however many people there are: who is in it is read as it goes
    out. The lane's worker is kicked once the transaction has committed.
    """
    rows = [_row_of(actor, lane, plan) for plan in plans]
    Broadcast.objects.bulk_create(rows, ignore_conflicts=True)
    owners = Q()
    for plan in plans:
        owners |= Q(owner_label=plan.owner[0], owner_id=plan.owner[1])
    found = Broadcast.objects.filter(owners) if plans else Broadcast.objects.none()
    kept = {(one.owner_label, one.owner_id): one for one in found}
    begun = [(kept[plan.owner], plan) for plan in plans]
    _write_parts(
        (one.pk, part.part, part.first, part.last)
        for (one, plan), row in zip(begun, rows, strict=True)
        if one.reference == row.reference
        for part in plan.parts
    )
    kick_broadcasts(lane=lane)
    return [one for one, _ in begun]


def _row_of(actor: Actor, lane: str, plan: Plan) -> Broadcast:
    policy_of(plan.service)
    guard_of(plan.guard)
    audience_of(plan.audience)
    return Broadcast(
        channel=Channel(plan.channel),
        lane=Lane(lane),
        service=plan.service,
        owner_label=plan.owner[0],
        owner_id=plan.owner[1],
        guard=plan.guard,
        body=plan.body,
        subject=plan.subject,
        audience=plan.audience,
        valid_until=plan.valid_until,
        created_by_id=actor.user_id,
    )


def _write_parts(rows: Iterable[tuple[int, int, int, int]]) -> None:
    """One statement, however many: the issuer waits for it."""
    given = [array_of(column) for column in zip(*rows, strict=True)]
    if given:
        with connection.cursor() as cursor:
            cursor.execute(_PARTS, given)


def pause(*, actor: Actor, broadcast_id: int, reason: str) -> Broadcast:
    """Hold it; what was claimed goes out."""
    return move(_row(broadcast_id), BROADCAST, BroadcastStatus.PAUSED, actor=actor, reason=reason)


def resume(*, actor: Actor, broadcast_id: int, reason: str) -> Broadcast:
    """Let it go on."""
    return move(_row(broadcast_id), BROADCAST, BroadcastStatus.OPEN, actor=actor, reason=reason)


def cancel(*, actor: Actor, broadcast_id: int, reason: str) -> Broadcast:
    """End it at once: one row is written, and no claim is made after it. The rest is cleared up later."""
    return move(_row(broadcast_id), BROADCAST, BroadcastStatus.CANCELLED, actor=actor, reason=reason)


def _row(broadcast_id: int) -> Broadcast:
    return Broadcast.objects.get(pk=broadcast_id)


def clear_up(*, broadcast_id: int) -> int:
    """End a chunk of what an ended or too late broadcast left queued; mark a finished one done.

    Returns how many deliveries it ended.
    """
    broadcast = _row(broadcast_id)
    if broadcast.ended_at is not None:
        return 0
    now = timezone.now()
    is_late = broadcast.valid_until <= now
    ended = 0
    if broadcast.status == BroadcastStatus.CANCELLED or is_late:
        to = DeliveryStatus.EXPIRED if is_late else DeliveryStatus.CANCELLED
        ended = end_chunk(broadcast.pk, [DeliveryStatus.QUEUED], to)
    is_over = broadcast.status == BroadcastStatus.CANCELLED or is_late or not has_more(broadcast_id)
    if is_over and not any(broadcast.deliveries.filter(status=one).exists() for one in RUNNING):
        _end(broadcast)
    return ended


def has_more(broadcast_id: int) -> bool:
    """Whether some part of its audience has not been gone through."""
    return BroadcastPart.objects.filter(broadcast_id=broadcast_id, is_done=False).exists()


@transaction.atomic
def _end(broadcast: Broadcast) -> None:
    """Nothing is left to do: a receipt may still come, and changes only its own delivery."""
    row = Broadcast.objects.select_for_update(no_key=True).get(pk=broadcast.pk)
    if row.ended_at is not None:  # another worker was quicker
        return
    if row.status != BroadcastStatus.CANCELLED:
        move(row, BROADCAST, BroadcastStatus.DONE, actor=KEEPER)
    Broadcast.objects.filter(pk=broadcast.pk).update(ended_at=timezone.now())


@transaction.atomic
def end_chunk(
    broadcast_id: int, sources: Sequence[DeliveryStatus], to: DeliveryStatus, *, code: str = ""
) -> int:
    """Move up to a chunk of deliveries that stand at `sources` to `to`; returns how many."""
    outcome = AttemptOutcome.EXPIRED if to == DeliveryStatus.EXPIRED else AttemptOutcome.CANCELLED
    rows = Delivery.objects.filter(broadcast_id=broadcast_id, status__in=sources).order_by("number")
    locked = list(rows.select_for_update(skip_locked=True, no_key=True).values_list("pk", flat=True)[:CHUNK])
    ids = move_many(
        Delivery.objects.filter(pk__in=locked),
        DELIVERY,
        sources,
        to,
        actor=KEEPER,
        changes={"failed_code": code or to.value},
        audited=False,
    )
    write_entries(ids, outcome, code=code or to.value)
    return len(ids)
