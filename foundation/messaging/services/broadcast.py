"""Beginning a broadcast, giving it recipients, holding it, ending it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.utils import timezone

from foundation.access import Refusal
from foundation.actors import Actor
from foundation.messaging import addresses, numbers
from foundation.messaging.enums import AttemptOutcome, BroadcastStatus, Channel, DeliveryStatus, Lane
from foundation.messaging.exceptions import InvalidAddress, NotDialable
from foundation.messaging.models import Broadcast, Delivery, DeliveryEntry
from foundation.messaging.services.pace import estimate
from foundation.messaging.states import BROADCAST, DELIVERY
from foundation.messaging.switchboard import guard_of, policy_of
from foundation.states import move, move_many

KEEPER = Actor.system("messaging.broadcast")
CHUNK = 1000
RUNNING = (DeliveryStatus.QUEUED, DeliveryStatus.SENDING)


@transaction.atomic
def begin_broadcast(
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
) -> Broadcast:
    """Begin one text to many; the same owner twice gives the first broadcast back.

    Recipients follow by `add_recipients` and `complete`; it goes out from the first chunk on.
    """
    policy_of(service)
    guard_of(guard)
    row = Broadcast(
        channel=Channel(channel),
        lane=Lane(lane),
        service=service,
        owner_label=owner[0],
        owner_id=owner[1],
        guard=guard,
        body=body,
        subject=subject,
        valid_until=valid_until,
        created_by_id=actor.user_id,
    )
    Broadcast.objects.bulk_create([row], ignore_conflicts=True)
    return Broadcast.objects.get(owner_label=owner[0], owner_id=owner[1])


def would_overflow(*, broadcast_id: int, count: int) -> Refusal | None:
    """Refuse a run that the provider's pace cannot get through in its time (speed.md)."""
    row = Broadcast.objects.get(pk=broadcast_id)
    if timezone.now() + estimate(channel=row.channel, count=row.recipients + count) <= row.valid_until:
        return None
    return Refusal("too_slow", "At the agreed pace these would not all go out in time.")


def add_recipients(*, broadcast_id: int, recipients: Iterable[tuple[int, str]]) -> int:
    """Add (recipient id, address) pairs in chunks, each its own transaction; returns how many were new.

    An address that is already there, is none, or must not be dialled here is passed over.
    """
    added = 0
    given = iter(recipients)
    while chunk := list(islice(given, CHUNK)):
        added += _add_chunk(broadcast_id, chunk)
    return added


@transaction.atomic
def _add_chunk(broadcast_id: int, chunk: list[tuple[int, str]]) -> int:
    broadcast = Broadcast.objects.select_for_update(no_key=True).get(pk=broadcast_id)
    now = timezone.now()
    fresh: dict[str, tuple[int, str]] = {}
    for recipient_id, raw in chunk:
        try:
            to = addresses.normalise(broadcast.channel, raw)
            addresses.check_dialable(broadcast.channel, to)
        except (InvalidAddress, NotDialable):
            continue
        fresh.setdefault(numbers.key_of(broadcast.channel, to), (recipient_id, to))
    there = broadcast.deliveries.filter(to_key__in=fresh).values_list("to_key", flat=True)
    for key in list(there):
        del fresh[key]
    Delivery.objects.bulk_create(
        Delivery(
            broadcast_id=broadcast_id,
            number=broadcast.recipients + place,
            recipient_id=recipient_id,
            to=to,
            to_key=key,
            next_attempt_at=now,
        )
        for place, (key, (recipient_id, to)) in enumerate(fresh.items(), start=1)
    )
    broadcast.recipients += len(fresh)
    broadcast.save(update_fields=["recipients"])
    return len(fresh)


def complete(*, broadcast_id: int) -> None:
    """Say that no more recipients come; only then can it be done."""
    Broadcast.objects.filter(pk=broadcast_id).update(is_complete=True)


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
    now = timezone.now()
    is_late = broadcast.valid_until <= now
    ended = 0
    if broadcast.status == BroadcastStatus.CANCELLED or is_late:
        to = DeliveryStatus.EXPIRED if is_late else DeliveryStatus.CANCELLED
        ended = end_chunk(broadcast.pk, [DeliveryStatus.QUEUED], to)
    is_over = broadcast.status == BroadcastStatus.CANCELLED or broadcast.is_complete or is_late
    if is_over and not broadcast.deliveries.filter(status__in=RUNNING).exists():
        _end(broadcast)
    return ended


@transaction.atomic
def _end(broadcast: Broadcast) -> None:
    """Nothing is left to do: a receipt may still come, and changes only its own delivery."""
    if broadcast.status != BroadcastStatus.CANCELLED:
        move(broadcast, BROADCAST, BroadcastStatus.DONE, actor=KEEPER)
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


def write_entries(ids: Iterable[object], outcome: AttemptOutcome, *, code: str = "") -> None:
    """Append one line for each delivery, named by its (broadcast, number)."""
    now = timezone.now()
    DeliveryEntry.objects.bulk_create(
        DeliveryEntry(broadcast_id=one[0], number=one[1], at=now, outcome=outcome, code=code)  # type: ignore[index]
        for one in ids
    )
