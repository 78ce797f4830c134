"""Beginning a broadcast to an audience, holding it, ending it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
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
    "Progress",
    "Standing",
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
SELECT %s, part, first, last, first >= last
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) one (part, first, last)
"""
RUNNING = (DeliveryStatus.QUEUED, DeliveryStatus.SENDING)


def begin_to_audience(
    *,
    actor: Actor,
    channel: str,
    lane: str,
    service: str,
    owner: tuple[str, int],
    guard: str,
    body: str,
    subject: str = "",
    valid_until: datetime,
    audience: str,
    parts: Sequence[Part],
) -> Broadcast:
    """Begin one text to many, in the caller's transaction; the same owner twice gives the first one back.

    A row a part is written, however many people there are: who is in it is read as it goes out. Its lane's
    worker is kicked once the transaction has committed.
    """
    policy_of(service)
    guard_of(guard)
    audience_of(audience)
    row = Broadcast(
        channel=Channel(channel),
        lane=Lane(lane),
        service=service,
        owner_label=owner[0],
        owner_id=owner[1],
        guard=guard,
        body=body,
        subject=subject,
        audience=audience,
        valid_until=valid_until,
        created_by_id=actor.user_id,
    )
    with transaction.atomic():
        Broadcast.objects.bulk_create([row], ignore_conflicts=True)
        kept = Broadcast.objects.get(owner_label=owner[0], owner_id=owner[1])
        if kept.reference == row.reference:
            _write_parts(kept, parts)
            kick_broadcasts(lane=kept.lane)
    return kept


def _write_parts(broadcast: Broadcast, parts: Sequence[Part]) -> None:
    """One statement, however many: the issuer waits for it."""
    given = [
        array_of(column) for column in zip(*((one.part, one.first, one.last) for one in parts), strict=True)
    ]
    if given:
        with connection.cursor() as cursor:
            cursor.execute(_PARTS, [broadcast.pk, *given])


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
