"""Queueing a message, and taking it back as long as nobody has claimed it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

import structlog
from django.db import IntegrityError, transaction
from django.utils import timezone

from foundation.actors import Actor
from foundation.messaging import addresses, numbers
from foundation.messaging.enums import AttemptOutcome, Channel, Lane, MessageStatus
from foundation.messaging.models import Message
from foundation.messaging.services.kick import kick
from foundation.messaging.services.log import write_log
from foundation.messaging.states import MESSAGE
from foundation.messaging.switchboard import guard_of, policy_of
from foundation.states import move_many

log = structlog.get_logger(__name__)

# Claimed, or possibly with the provider: out of our hands (design.md: shown to whoever closes).
OUT_OF_HAND = (MessageStatus.SENDING, MessageStatus.UNKNOWN)


class Cancelled(NamedTuple):
    """Owners whose messages were taken back, and those `left`: already claimed, they may still go out."""

    cancelled: list[int]
    left: list[int]


def queue_message(  # noqa: PLR0913 - what a message is made of
    *,
    actor: Actor,
    channel: str,
    lane: str,
    to: str,
    body: str,
    subject: str = "",
    service: str,
    owner: tuple[str, int],
    guard: str,
    organisation_id: int | None,
    valid_until: datetime,
    not_before: datetime | None = None,
    dedupe_key: str,
) -> Message:
    """Queue one message in the caller's transaction and kick its lane on commit.

    The same `dedupe_key` (ids only, never personal data) gives the first row back and queues nothing.
    `guard` is a name in the switchboard's GUARDS; `organisation_id` is whom a rate limit counts
    against. After `valid_until` it is never sent. Raises `InvalidAddress`, `NotDialable` and the
    switchboard's `UnknownGuard` and `UnknownService`.
    """
    policy_of(service)
    guard_of(guard)
    address = addresses.normalise(channel, to)
    addresses.check_dialable(channel, address)
    now = timezone.now()
    row = Message(
        channel=Channel(channel),
        lane=Lane(lane),
        to=address,
        to_key=numbers.key_of(channel, address),
        subject=subject,
        body=body,
        service=service,
        owner_label=owner[0],
        owner_id=owner[1],
        created_by_id=actor.user_id,
        guard=guard,
        organisation_id=organisation_id,
        dedupe_key=dedupe_key,
        not_before=not_before,
        valid_until=valid_until,
        next_attempt_at=max(now, not_before) if not_before else now,
    )
    return _insert_once(row, now=now)


def _insert_once(row: Message, *, now: datetime) -> Message:
    """Insert `row` unless its dedupe key is there; a waiting rival's commit is waited for."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        kept = Message.objects.filter(dedupe_key=row.dedupe_key).first()
        if kept is None:
            raise
        return kept
    log.info("message_queued", message=row.reference, service=row.service, lane=row.lane)
    if row.next_attempt_at <= now:
        kick(message_id=row.pk, lane=row.lane)
    return row


def wait_for_recipient(*, service: str, channel: str, to: str, until: datetime) -> int:
    """Have everything queued of `service` for one address wait until `until`; returns how many."""
    key = numbers.key_of(channel, addresses.normalise(channel, to))
    queued = Message.objects.filter(status=MessageStatus.QUEUED, service=service, channel=channel, to_key=key)
    return queued.filter(next_attempt_at__lt=until).update(next_attempt_at=until)


def cancel_for_owner(*, actor: Actor, owner_label: str, owner_ids: Iterable[int], cause: str) -> Cancelled:
    """Take back what is still queued for these owners, in the caller's transaction.

    `cause` is a code such as ``located``. A message already claimed is left: its guard has read, or
    is about to read, the owner's state. The owner hears of it by this answer, not by a settlement.
    """
    mine = Message.objects.filter(owner_label=owner_label, owner_id__in=list(owner_ids))
    ids = move_many(
        mine,
        MESSAGE,
        MessageStatus.QUEUED,
        MessageStatus.CANCELLED,
        actor=actor,
        changes={"failed_code": cause, "settled_at": timezone.now()},
        audited=False,
    )
    write_log(ids, AttemptOutcome.CANCELLED, code=cause, actor=actor)
    cancelled = Message.objects.filter(pk__in=ids).values_list("owner_id", flat=True)
    left = mine.filter(status__in=OUT_OF_HAND).values_list("owner_id", flat=True)
    return Cancelled(sorted(set(cancelled)), sorted(set(left)))
