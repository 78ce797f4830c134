"""Receipts: stored as they came, then read in batches; early, doubled or out of order, all ends the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

import structlog
from django.db import transaction
from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.utils import timezone

from foundation.copying import copy_in
from foundation.messaging.backoff import wait_after
from foundation.messaging.enums import AttemptOutcome, RawKind, Standing
from foundation.messaging.gateways.twilio_errors import meaning_of
from foundation.messaging.models import Message, RawCallback, Receipt
from foundation.messaging.parsing import StatusReport, read_status
from foundation.messaging.services import delivery_receipts
from foundation.messaging.services.calls import keep
from foundation.messaging.services.kick import kick_callback, kick_receipts
from foundation.messaging.services.log import write_log
from foundation.messaging.services.proof import prove

log = structlog.get_logger(__name__)

BATCH = 500
# A receipt that names only the provider's id may come before we have written that id down.
MATCHED_WITHIN = timedelta(hours=1)
# The strongest first: of several receipts in one batch only the strongest moves the message.
STRENGTH = (Standing.DELIVERED, Standing.FAILED, Standing.EXPIRED, Standing.ACCEPTED)


def store_raw(*, provider: str, kind: str, query: str = "", body: str, signature_ok: bool) -> RawCallback:
    """Keep one callback before it is answered: `body` is the posted form, URL-encoded, `query` the
    address's query string with our own reference. A task reads it at once, a sweeper if that is lost.

    A forged one (`signature_ok` false) may be kept as evidence; it is never read.
    """
    now = timezone.now()
    raw = keep(
        RawCallback(
            provider=provider,
            kind=RawKind(kind),
            query=query[:200],
            body=body,
            signature_ok=signature_ok,
            received_at=now,
            due_at=now,
            processed_at=None if signature_ok else now,
            result="" if signature_ok else "forged",
        )
    )
    if signature_ok and raw.kind == RawKind.STATUS:
        kick_receipts()
    elif signature_ok:
        kick_callback(raw_id=raw.pk)
    return raw


class _Named(NamedTuple):
    """A message that a report names."""

    pk: int
    reference: str
    provider_id: str


@dataclass(frozen=True, slots=True)
class _Read:
    raw: RawCallback
    report: StatusReport


def read_statuses(*, raw_id: int | None = None) -> int:
    """Read a batch of unread receipts, or the one named if it is still unread; returns how many were."""
    now = timezone.now()
    with transaction.atomic(durable=True):
        waiting = RawCallback.objects.filter(
            kind=RawKind.STATUS, signature_ok=True, processed_at__isnull=True, due_at__lte=now
        )
        if raw_id is not None:
            waiting = waiting.filter(pk=raw_id)
        raws = list(waiting.order_by("due_at", "pk").select_for_update(skip_locked=True, no_key=True)[:BATCH])
        _apply(raws, now=now)
        return len(raws)


def _apply(raws: Sequence[RawCallback], *, now: datetime) -> None:
    reports = [(raw, read_status(raw.query, raw.body)) for raw in raws]
    _done([raw for raw, report in reports if report is None], "unreadable", now=now)
    read = [_Read(raw, report) for raw, report in reports if report is not None]
    read = _apply_deliveries(read, now=now)
    messages = _messages_of([one.report for one in read])
    matched = [(one, messages[key]) for one in read if (key := _key_of(one.report, messages))]
    taken = {one.raw.pk for one, _ in matched}
    _wait([one.raw for one in read if one.raw.pk not in taken], now=now)
    _keep(matched)
    _move(matched)
    _done([one.raw for one, _ in matched], "applied", now=now)


def _apply_deliveries(read: list[_Read], *, now: datetime) -> list[_Read]:
    """Deal with the receipts of broadcasts; returns the others."""
    many = [one for one in read if delivery_receipts.is_delivery(one.report.reference)]
    delivery_receipts.apply([one.report for one in many], at=now)
    _done([one.raw for one in many], "applied", now=now)
    return [one for one in read if not delivery_receipts.is_delivery(one.report.reference)]


def _messages_of(reports: Sequence[StatusReport]) -> dict[str, _Named]:
    """Messages by our reference, and by the provider's id where a report names none of ours."""
    named = {
        row.reference: row for row in _named(reference__in={r.reference for r in reports if r.reference})
    }
    others = {report.provider_id for report in reports if report.reference not in named}
    # Said outright, or the index of ids that are not empty is not used for many at once.
    by_id = _named(~Q(provider_id=""), provider_id__in=others) if others else []
    return named | {row.provider_id: row for row in by_id}


def _named(*conditions: Q, **which: object) -> list[_Named]:
    rows = Message.objects.filter(*conditions, **which).values_list("pk", "reference", "provider_id")
    return [_Named(*row) for row in rows]


def _key_of(report: StatusReport, messages: dict[str, _Named]) -> str:
    """Our reference, which we put in the signed address, counts before the provider's id."""
    return next((key for key in (report.reference, report.provider_id) if key and key in messages), "")


def _keep(matched: Sequence[tuple[_Read, _Named]]) -> None:
    copy_in(
        Receipt,
        ("message_id", "raw_id", "standing", "provider_status", "provider_id", "code", "at"),
        (
            (
                message.pk,
                one.raw.pk,
                one.report.standing,
                one.report.provider_status,
                one.report.provider_id,
                one.report.code,
                one.raw.received_at,
            )
            for one, message in matched
        ),
    )
    for one, message in matched:
        if message.provider_id and message.provider_id != one.report.provider_id:
            log.error("message_doubled", message_id=message.pk)


def _move(matched: Sequence[tuple[_Read, _Named]]) -> None:
    """One UPDATE for each standing and code in the batch, the strongest standing first."""
    groups: dict[tuple[Standing, str], set[int]] = defaultdict(set)
    settled: set[int] = set()
    for standing in STRENGTH:
        here = [(one, m) for one, m in matched if one.report.standing is standing and m.pk not in settled]
        for one, message in here:
            groups[standing, one.report.code].add(message.pk)
        settled |= {message.pk for _, message in here}
    now = timezone.now()
    for (standing, code), ids in groups.items():
        moved = prove(
            sorted(ids),
            standing,
            at=now,
            code=code,
            reason=reason_of(code),
            changes=_from_receipts(standing),
        )
        write_log(moved, AttemptOutcome.RECEIPT, code=code or standing.value)


def reason_of(code: str) -> str:
    """A provider's error code in words for staff; nothing where there was none."""
    return meaning_of(code).reason if code else ""


def _from_receipts(standing: Standing) -> dict[str, object]:
    """Columns that each message takes from its own receipts, in the one UPDATE."""
    own = Receipt.objects.filter(message_id=OuterRef("pk"), standing=standing).order_by("at", "pk")
    first_id = Receipt.objects.filter(message_id=OuterRef("pk")).order_by("pk").values("provider_id")[:1]
    changes: dict[str, object] = {
        "provider_id": Case(When(provider_id="", then=Subquery(first_id)), default=F("provider_id"))
    }
    if standing is Standing.DELIVERED:
        changes["delivered_at"] = Subquery(own.values("at")[:1])
    return changes


def _done(raws: Sequence[RawCallback], result: str, *, now: datetime) -> None:
    if raws:
        RawCallback.objects.filter(pk__in=[raw.pk for raw in raws]).update(processed_at=now, result=result)


def _wait(raws: Sequence[RawCallback], *, now: datetime) -> None:
    """Try again later what names no message of ours yet; in the end leave it as nobody's."""
    late = [raw for raw in raws if now - raw.received_at >= MATCHED_WITHIN]
    _done(late, "unmatched", now=now)
    by_tries: dict[int, list[int]] = defaultdict(list)
    for raw in raws:
        if now - raw.received_at < MATCHED_WITHIN:
            by_tries[raw.attempts + 1].append(raw.pk)
    for tries, ids in by_tries.items():
        RawCallback.objects.filter(pk__in=ids).update(attempts=tries, due_at=now + wait_after(tries))
