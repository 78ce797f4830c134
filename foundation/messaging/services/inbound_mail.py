"""E-mails that come in: kept once, put with the message they answer, then handed on like texts."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from foundation.fields import blind_index
from foundation.messaging import numbers
from foundation.messaging.enums import Channel, Keyword, RawKind
from foundation.messaging.keywords import keyword_of
from foundation.messaging.mail_parsing import MailReport, read_mail
from foundation.messaging.models import Inbound, Message, RawCallback
from foundation.messaging.reply_addresses import message_at
from foundation.messaging.services.inbound import BATCH, obey
from foundation.messaging.switchboard import default_mail_service, mail_handler


def take_in_mail(*, raw_id: int | None = None) -> list[int]:
    """Read unread e-mails (or the one named); returns what came of them.

    The same e-mail twice is one, and what a machine answered is nothing: no conversation begins with it.
    """
    now = timezone.now()
    with transaction.atomic(durable=True):
        waiting = RawCallback.objects.filter(
            kind=RawKind.MAIL, signature_ok=True, processed_at__isnull=True, due_at__lte=now
        )
        if raw_id is not None:
            waiting = waiting.filter(pk=raw_id)
        raws = waiting.order_by("pk").select_for_update(skip_locked=True, no_key=True)[:BATCH]
        kept = [_keep(raw, now=now) for raw in raws]
    return [pk for pk in kept if pk is not None]


def _keep(raw: RawCallback, *, now: datetime) -> int | None:
    report = read_mail(raw.body)
    if report is None or report.is_automatic:
        _done(raw, "automatic" if report else "unreadable", now=now)
        return None
    row = _row_of(raw, report, now=now)
    Inbound.objects.bulk_create([row], ignore_conflicts=True)
    kept = Inbound.objects.get(provider_id=row.provider_id)
    if kept.raw_id != raw.pk:
        _done(raw, "doubled", now=now)
        return None
    if kept.message_id is not None:
        # A From line is easily made up; whoever answers a message of ours has at least had it.
        obey(kept)
    _done(raw, "kept", now=now)
    return kept.pk


def _done(raw: RawCallback, result: str, *, now: datetime) -> None:
    raw.processed_at, raw.result = now, result
    fields = ["processed_at", "result"]
    if result != "kept":
        raw.body = ""
        fields.append("body")
    raw.save(update_fields=fields)


def _row_of(raw: RawCallback, report: MailReport, *, now: datetime) -> Inbound:
    message = _answered(report)
    is_ours = message is not None and mail_handler(message.service) is not None
    return Inbound(
        raw=raw,
        channel=Channel.EMAIL,
        provider_id=_known_as(report),
        sender=report.sender,
        sender_key=numbers.key_of(Channel.EMAIL, report.sender),
        to=report.recipient.partition("+")[0][:40],
        subject=report.subject,
        body=report.body,
        keyword=keyword_of(report.body) or (Keyword.NONE if report.body else keyword_of(report.subject)),
        service=message.service if message and is_ours else default_mail_service(),
        message=message if is_ours else None,
        received_at=raw.received_at,
        due_at=now,
    )


def _known_as(report: MailReport) -> str:
    """One name for one e-mail, however often and on whatever way it is handed to us.

    Sender and words are in it, so that nobody keeps another's e-mail out by its Message-ID.
    """
    parts = (report.message_id or report.token, report.sender, report.subject, report.body)
    return f"mail:{blind_index('|'.join(parts), purpose='messaging.inbound_mail')}"


def _answered(report: MailReport) -> Message | None:
    """The e-mail of ours that this one answers: by the address it came to, else by the one that it names."""
    rows = Message.objects.filter(channel=Channel.EMAIL, claimed_at__isnull=False)
    key = message_at(report.recipient)
    found = rows.filter(pk=key).first() if key is not None else None
    if found is None and report.answers:
        by_reference = {row.reference: row for row in rows.filter(reference__in=report.answers)}
        found = next((by_reference[name] for name in report.answers if name in by_reference), None)
    return found
