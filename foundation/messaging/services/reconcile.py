"""Unknown outcomes: looked for at the provider, never guessed; what stays unclear is for a person.

A message may be sent once more only where the provider's own list, asked a set time after the claim,
shows no such message (issue 2). No transaction is open while the provider is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.utils import timezone

from foundation.access import require
from foundation.actors import Actor
from foundation.messaging.enums import AttemptOutcome, MessageStatus, Standing
from foundation.messaging.gateways.base import Found, OutcomeUnknown
from foundation.messaging.gateways.registry import gateway_for, provider_of
from foundation.messaging.gateways.statuses import standing_of
from foundation.messaging.models import Message
from foundation.messaging.policies import may_settle
from foundation.messaging.services.kick import kick
from foundation.messaging.services.log import tell_owners, write_log
from foundation.messaging.services.proof import prove
from foundation.messaging.services.receipts import reason_of
from foundation.messaging.services.send import LOST_AFTER
from foundation.messaging.states import MESSAGE
from foundation.states import move, move_many

log = structlog.get_logger(__name__)

RECONCILER = Actor.system("messaging.reconcile")
BATCH = 50
# A slow provider must not hold the lane up.
LOOK_FOR = timedelta(seconds=10)
# The provider's list may lag behind what it took.
NOT_THERE_AFTER = timedelta(minutes=5)
# It cannot have been made before it was claimed, but two clocks may differ.
CLOCK_SLACK = timedelta(minutes=2)
LOOK_EVERY = timedelta(seconds=30)
# Nothing clear for this long: a person is asked, and the provider now and then.
PERSON_AFTER = timedelta(minutes=30)
LOOK_SELDOM = timedelta(minutes=15)


def find_lost_claims() -> list[int]:
    """Call unknown what was claimed long ago and never settled: its worker died around the call."""
    now = timezone.now()
    with transaction.atomic(durable=True):
        ids = move_many(
            Message.objects.filter(claimed_at__lte=now - LOST_AFTER),
            MESSAGE,
            MessageStatus.SENDING,
            MessageStatus.UNKNOWN,
            actor=RECONCILER,
            changes={"unknown_since": now, "next_attempt_at": now},
            audited=False,
        )
        write_log(ids, AttemptOutcome.UNKNOWN, code="lost", reason="The worker that claimed it was lost.")
        tell_owners(ids, MessageStatus.UNKNOWN, at=now)
    return ids


def reconcile_due() -> int:
    """Look for every unknown message that is due to be looked for; returns how many were cleared up."""
    due = Message.objects.filter(status=MessageStatus.UNKNOWN, next_attempt_at__lte=timezone.now())
    ids = list(due.order_by("next_attempt_at").values_list("pk", flat=True)[:BATCH])
    until = timezone.now() + LOOK_FOR
    return sum(reconcile(message_id=pk) for pk in ids if timezone.now() < until)


def reconcile(*, message_id: int) -> bool:
    """Ask the provider about one unknown message; True if its outcome is now known."""
    message = _to_look_for(message_id)
    if message is None:
        return False
    since = (message.claimed_at or message.created_at) - CLOCK_SLACK
    try:
        listed = gateway_for(message.channel).find(to=message.to, body=message.body, since=since)
    except OutcomeUnknown as error:
        return _nothing_heard(message, error.reason)
    return _judge(message, _not_anothers(message, listed))


@transaction.atomic(durable=True)
def _to_look_for(message_id: int) -> Message | None:
    """The message, its next look put off meanwhile so that two workers do not both ask."""
    message = (
        Message.objects.select_for_update(skip_locked=True, no_key=True)
        .filter(pk=message_id, status=MessageStatus.UNKNOWN, next_attempt_at__lte=timezone.now())
        .first()
    )
    if message is not None:
        every = LOOK_SELDOM if message.needs_person else LOOK_EVERY
        Message.objects.filter(pk=message.pk).update(next_attempt_at=timezone.now() + every)
    return message


def _not_anothers(message: Message, listed: Sequence[Found]) -> list[Found]:
    """Without those that are known to be other messages of ours to the same number."""
    others = Message.objects.exclude(pk=message.pk).filter(
        provider_id__in=[one.provider_id for one in listed]
    )
    taken = set(others.values_list("provider_id", flat=True))
    return [one for one in listed if one.provider_id not in taken]


def _judge(message: Message, found: list[Found]) -> bool:
    now = timezone.now()
    if len(found) == 1 and found[0].certain and not _has_twin(message):
        return _it_is(message, found[0])
    if found:
        return _leave_to_person(message, "several", "The provider's list fits more than one message.")
    if now - (message.claimed_at or message.created_at) < NOT_THERE_AFTER:
        return False
    if message.valid_until <= now:
        return _was_not_sent(message, MessageStatus.EXPIRED, "too_late", now=now)
    if message.resends:
        return _was_not_sent(message, MessageStatus.FAILED, "not_taken", now=now)
    return _once_more(message, now=now)


def _has_twin(message: Message) -> bool:
    """Whether another message of ours to that number and text is unknown too: one find fits both."""
    twins = Message.objects.filter(
        to_key=message.to_key,
        channel=message.channel,
        status__in=[MessageStatus.UNKNOWN, MessageStatus.SENDING],
    ).exclude(pk=message.pk)
    return any(twin.body == message.body for twin in twins)


@transaction.atomic(durable=True)
def _it_is(message: Message, found: Found) -> bool:
    standing = standing_of(found.status, found.code) or Standing.ACCEPTED
    moved = prove(
        [message.pk],
        standing,
        at=found.at,
        provider_id=found.provider_id,
        code=found.code,
        reason=reason_of(found.code),
        changes={"provider": provider_of(message.channel)},
    )
    write_log(moved, AttemptOutcome.FOUND, code=found.code or found.status, provider_id=found.provider_id)
    return bool(moved)


@transaction.atomic(durable=True)
def _once_more(message: Message, *, now: datetime) -> bool:
    reason = "The provider's list shows no such message."
    moved = _leave(
        message,
        MessageStatus.QUEUED,
        reason=reason,
        changes={
            "resends": 1,
            "next_attempt_at": now,
            "claim_token": None,
            "claimed_at": None,
            "unknown_since": None,
            "needs_person": False,
        },
    )
    write_log(moved, AttemptOutcome.NOT_FOUND, code="sent_again", reason=reason)
    tell_owners(moved, MessageStatus.QUEUED, at=now)
    for pk in moved:
        kick(message_id=pk, lane=message.lane)
    return bool(moved)


@transaction.atomic(durable=True)
def _was_not_sent(message: Message, to: MessageStatus, code: str, *, now: datetime) -> bool:
    reason = "It was not sent: the provider's list shows no such message."
    moved = _leave(
        message,
        to,
        reason=reason,
        changes={"failed_code": code, "failed_reason": reason, "settled_at": now, "needs_person": False},
    )
    write_log(moved, AttemptOutcome.NOT_FOUND, code=code, reason=reason)
    tell_owners(moved, to, at=now)
    return bool(moved)


def _leave(message: Message, to: MessageStatus, *, reason: str, changes: dict[str, object]) -> list[int]:
    """Leave the unknown state unless somebody else has meanwhile: a receipt, a person, a new claim."""
    return move_many(
        Message.objects.filter(pk=message.pk, claimed_at=message.claimed_at),
        MESSAGE,
        MessageStatus.UNKNOWN,
        to,
        actor=RECONCILER,
        reason=reason,
        changes=changes,
        audited=False,
    )


def _nothing_heard(message: Message, reason: str) -> bool:
    """The provider did not answer, or keeps no list."""
    since = message.unknown_since or message.created_at
    if timezone.now() - since >= PERSON_AFTER:
        _leave_to_person(message, "no_list", reason)
    return False


@transaction.atomic(durable=True)
def _leave_to_person(message: Message, code: str, reason: str) -> bool:
    """Show it to staff; a later look or a receipt may still clear it up."""
    marked = Message.objects.filter(pk=message.pk, status=MessageStatus.UNKNOWN, needs_person=False).update(
        needs_person=True
    )
    if marked:
        write_log([message.pk], AttemptOutcome.UNCLEAR, code=code, reason=reason[:200])
    return False


@transaction.atomic
def settle_by_person(*, actor: Actor, reference: str, delivered: bool, reason: str) -> Message:
    """Say how a message of unknown outcome ended, because a person has found out.

    Raises `Refused` for whoever does not keep the message, without a reason, or when it is known.
    """
    message = Message.objects.select_for_update(no_key=True).get(reference=reference)
    require(may_settle(actor, message))
    now = timezone.now()
    to = MessageStatus.DELIVERED if delivered else MessageStatus.FAILED
    changes: dict[str, object] = {"settled_at": now, "needs_person": False}
    if delivered:
        changes |= {"delivered_at": now, "sent_at": message.sent_at or message.claimed_at}
    else:
        changes |= {"failed_code": "settled", "failed_reason": "Settled by a person as not sent."}
    move(message, MESSAGE, to, actor=actor, reason=reason, changes=changes)
    write_log([message.pk], AttemptOutcome.SETTLED, code=to.value, actor=actor)
    tell_owners([message.pk], to, at=now)
    return message
