"""Posting each message to partners' systems: as messages of the webhook channel, tried for a day."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from alerts.cap import deadlines
from alerts.cap.enums import CapStatus, MsgType, TargetStatus
from alerts.cap.models import CapMessage, PublicCapMessage, Push, PushTarget
from foundation.access import Refusal
from foundation.actors import Actor
from foundation.messaging import services as messaging
from foundation.messaging.types import Signing

SERVICE = "cap"
GUARD = "cap.push"
OWNER = "cap.Push"
PUSHER = Actor.system("cap.push")


@transaction.atomic(savepoint=False)
def push(*, message: CapMessage) -> int:
    """Queue a message for every partner that is on; exercises for those that want them. Returns how many."""
    targets = PushTarget.objects.filter(status=TargetStatus.ACTIVE)
    if message.status != CapStatus.ACTUAL:
        targets = targets.filter(takes_exercises=True)
    found = list(targets.order_by("pk"))
    for target in found:
        _queue(target, message)
    return len(found)


def _queue(target: PushTarget, message: CapMessage) -> None:
    row, is_new = Push.objects.get_or_create(target=target, cap_message=message)
    if not is_new:
        return
    queued = messaging.queue_message(
        actor=PUSHER,
        channel="webhook",
        lane="alert",
        to=target.url,
        body=message.document,
        service=SERVICE,
        owner=(OWNER, row.pk),
        guard=GUARD,
        organisation_id=None,
        valid_until=_valid_until(message, now=timezone.now()),
        dedupe_key=f"cap.push:{row.pk}",
    )
    row.message_id = queued.pk
    row.save(update_fields=["message_id"])


def _valid_until(message: CapMessage, *, now: datetime) -> datetime:
    latest = now + deadlines.TRIED_FOR
    return min(latest, message.expires_at) if message.expires_at else latest


def may_go(owner_id: int) -> Refusal | None:
    """The guard of a push: the partner is on, and the message may still be given out at this moment.

    What has ended or was replaced meanwhile is not told any more: its Update or Cancel is on its way.
    """
    row = Push.objects.select_related("target", "cap_message").filter(pk=owner_id).first()
    if row is None or row.target.status != TargetStatus.ACTIVE:
        return Refusal("target_off", "The partner's system is turned off.")
    message = row.cap_message
    if message.status != CapStatus.ACTUAL:
        return None if row.target.takes_exercises else Refusal("no_exercises", "It takes no exercises.")
    shown = PublicCapMessage.objects.filter(message_id=message.pk, is_live=True).exists()
    if not shown and message.msg_type != MsgType.CANCEL:
        return Refusal("ended", "It has ended, or was replaced.")
    return None


def signing(owner_id: int) -> Signing:
    """The id of a push and the secret that signs it beside the document's own signature."""
    row = Push.objects.select_related("target").get(pk=owner_id)
    return Signing(row.reference, (row.target.secret,) if row.target.secret else ())


@transaction.atomic
def heard(owner_id: int, code: str | None) -> None:
    """After an attempt: whether the partner's system takes what it is sent."""
    target = PushTarget.objects.select_for_update(no_key=True).filter(pushes=owner_id).first()
    if target is None:
        return
    now = timezone.now()
    if code is None:
        target.failing_since, target.last_taken_at = None, now
    else:
        target.failing_since = target.failing_since or now
    target.save(update_fields=["failing_since", "last_taken_at"])
