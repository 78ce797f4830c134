"""Texts that come in: kept once, a STOP obeyed at once, then handed to the service they answer."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db import transaction
from django.utils import timezone

from foundation.actors import Actor
from foundation.messaging import numbers
from foundation.messaging.backoff import wait_after
from foundation.messaging.enums import Channel, Keyword, MessageStatus, RawKind, SuppressionCause
from foundation.messaging.exceptions import InvalidAddress
from foundation.messaging.keywords import keyword_of, said_by_nobody
from foundation.messaging.models import Inbound, Message, RawCallback
from foundation.messaging.parsing import InboundReport, read_inbound
from foundation.messaging.services.suppression import lift_key, suppress_key
from foundation.messaging.switchboard import (
    anonymous_handler,
    default_inbound_service,
    inbound_handler,
    mail_handler,
    policies,
)
from foundation.messaging.types import AnonymousHandler, InboundHandler, InboundText

log = structlog.get_logger(__name__)

RECEIVER = Actor.system("messaging.inbound")
BATCH = 50


def take_in(*, raw_id: int | None = None) -> list[int]:
    """Read unread inbound callbacks (or the one named), obey STOP and START; returns what came of them.

    The suppression is committed before anybody's code sees the text: no fault of a service undoes it.
    """
    now = timezone.now()
    with transaction.atomic(durable=True):
        waiting = RawCallback.objects.filter(
            kind=RawKind.INBOUND, signature_ok=True, processed_at__isnull=True, due_at__lte=now
        )
        if raw_id is not None:
            waiting = waiting.filter(pk=raw_id)
        raws = waiting.order_by("pk").select_for_update(skip_locked=True, no_key=True)[:BATCH]
        kept = [_keep(raw, now=now) for raw in raws]
    return [pk for pk in kept if pk is not None]


def _keep(raw: RawCallback, *, now: datetime) -> int | None:
    report = read_inbound(raw.body)
    row = _row_of(raw, report, now=now) if report else None
    result = "kept" if row else "unreadable"
    # From a number that is in no conversation with us: there a sentence may begin so.
    handler = anonymous_handler() if row is not None and row.message is None else None
    if row is not None and handler is not None and (words := said_by_nobody(row.body)):
        _drop_number(raw, row, words, handler, now=now)
        return None
    if row is not None:
        Inbound.objects.bulk_create([row], ignore_conflicts=True)
        kept = Inbound.objects.get(provider_id=row.provider_id)
        if kept.raw_id != raw.pk:
            row, result = None, "doubled"
        else:
            obey(kept)
            row = kept
    raw.processed_at, raw.result = now, result
    raw.save(update_fields=["processed_at", "result"])
    return row.pk if row else None


def _drop_number(
    raw: RawCallback, row: Inbound, words: str, handler: AnonymousHandler, *, now: datetime
) -> None:
    """Pass the words on and keep neither them nor the number here: the row only says that it was taken.

    What the provider holds of it is blanked with the rest (`redact_at_provider`).
    """
    row.sender, row.sender_key, row.body, row.handed_at = "", "", "", now
    try:
        with transaction.atomic():
            if not Inbound.objects.filter(provider_id=row.provider_id).exists():
                Inbound.objects.bulk_create([row])
                handler(row.provider_id, words, raw.received_at)
    except Exception as error:
        log.error("inbound_not_taken", raw_id=raw.pk, error=type(error).__name__)
        raw.attempts += 1
        raw.due_at = now + wait_after(raw.attempts)
        raw.save(update_fields=["attempts", "due_at"])
        return
    raw.body, raw.processed_at, raw.result = "", now, "said_by_nobody"
    raw.save(update_fields=["body", "processed_at", "result"])


def _row_of(raw: RawCallback, report: InboundReport, *, now: datetime) -> Inbound:
    sender = _number(report.sender)
    key = numbers.key_of(Channel.SMS, sender)
    last = _last_to(key)
    return Inbound(
        raw=raw,
        provider_id=report.provider_id,
        sender=sender,
        sender_key=key,
        to=report.to,
        body=report.body,
        keyword=keyword_of(report.body),
        service=last.service if last else default_inbound_service(),
        message=last,
        received_at=raw.received_at,
        due_at=now,
    )


def _number(sender: str) -> str:
    """A short code or a name can text us too; it is kept as it came."""
    try:
        return numbers.normalise(sender)
    except InvalidAddress:
        return sender


def _last_to(key: str) -> Message | None:
    """The last text that went, or may have gone, to a number, of a service that takes replies."""
    gone = [
        MessageStatus.SENDING,
        MessageStatus.SENT,
        MessageStatus.DELIVERED,
        MessageStatus.UNKNOWN,
        MessageStatus.EXPIRED,
    ]
    answered = [name for name in policies() if inbound_handler(name)]
    return (
        Message.objects.filter(
            to_key=key,
            channel=Channel.SMS,
            service__in=answered,
            status__in=gone,
            claimed_at__isnull=False,
        )
        .order_by("-claimed_at")
        .first()
    )


def obey(text: Inbound) -> None:
    """Keep what goes to their address back from now on, or let it go again, where that is what they wrote."""
    if text.keyword == Keyword.STOP:
        always = {policy.name for policy in policies().values() if policy.stop_always}
        for service in sorted((always | {text.service}) & policies().keys()):
            suppress_key(
                actor=RECEIVER,
                service=service,
                channel=text.channel,
                to_key=text.sender_key,
                cause=SuppressionCause.STOP,
            )
    policy = policies().get(text.service)
    if text.keyword == Keyword.START and policy is not None and policy.start_lifts:
        lift_key(
            actor=RECEIVER,
            service=text.service,
            channel=text.channel,
            to_key=text.sender_key,
            reason="They replied START.",
        )


def hand_over(*, inbound_id: int) -> bool:
    """Hand one text to its service, once: the service's writes and the mark are one transaction."""
    try:
        with transaction.atomic(durable=True):
            row = (
                Inbound.objects.select_for_update(skip_locked=True, no_key=True)
                .filter(pk=inbound_id, handed_at__isnull=True)
                .first()
            )
            if row is None:
                return False
            handler = _handler_of(row)
            if handler is None:
                raise LookupError(row.service)
            handler(InboundText(row.pk, row.service, row.message_id, Keyword(row.keyword), row.received_at))
            row.handed_at, row.error_kind = timezone.now(), ""
            row.save(update_fields=["handed_at", "error_kind"])
            return True
    except Exception as error:
        log.error("inbound_not_taken", inbound_id=inbound_id, error=type(error).__name__)
        _keep_failure(inbound_id, error)
        return False


def _handler_of(row: Inbound) -> InboundHandler | None:
    return mail_handler(row.service) if row.channel == Channel.EMAIL else inbound_handler(row.service)


@transaction.atomic
def _keep_failure(inbound_id: int, error: Exception) -> None:
    row = Inbound.objects.select_for_update(no_key=True).get(pk=inbound_id)
    row.attempts += 1
    row.due_at = timezone.now() + wait_after(row.attempts)
    row.error_kind = type(error).__name__[:120]
    row.save(update_fields=["attempts", "due_at", "error_kind"])


def hand_over_due() -> int:
    """Hand over what waits; returns how many were taken."""
    due = Inbound.objects.filter(handed_at__isnull=True, due_at__lte=timezone.now())
    return sum(hand_over(inbound_id=pk) for pk in due.order_by("pk").values_list("pk", flat=True)[:BATCH])
