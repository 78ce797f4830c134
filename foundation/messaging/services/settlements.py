"""Telling owners how their messages fared: in batches, in order, once."""

from __future__ import annotations

import structlog
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from foundation.messaging.backoff import wait_after
from foundation.messaging.enums import MessageStatus
from foundation.messaging.models import SettlementRow
from foundation.messaging.switchboard import policies, settlement_handler
from foundation.messaging.types import Settlement, SettlementHandler

log = structlog.get_logger(__name__)

BATCH = 500


def tell_all() -> int:
    """Tell every service what it is owed; returns how many settlements were taken."""
    return sum(tell(service=name) for name in policies())


def tell(*, service: str) -> int:
    """Tell one service a batch. The owner's writes and the mark are one transaction.

    If the batch fails each settlement is tried alone: one that keeps failing waits longer and longer,
    holds back later ones of its own message only, and is shown to staff.
    """
    handler = settlement_handler(service)
    if handler is None:
        return _nobody_listens(service)
    try:
        return _hand(service, handler, limit=BATCH)
    except Exception as error:
        log.error("settlements_failed", service=service, error=type(error).__name__)
    return _one_by_one(service, handler)


def _open(service: str) -> QuerySet[SettlementRow]:
    """What may be told now: due, and nothing earlier of the same message still waiting."""
    now = timezone.now()
    earlier = SettlementRow.objects.filter(
        message_id=OuterRef("message_id"), taken_at__isnull=True, pk__lt=OuterRef("pk"), due_at__gt=now
    )
    return SettlementRow.objects.filter(
        ~Exists(earlier), service=service, taken_at__isnull=True, due_at__lte=now
    ).order_by("pk")


def _hand(service: str, handler: SettlementHandler, *, limit: int, only: int | None = None) -> int:
    with transaction.atomic(durable=True):
        if not _alone(service):
            return 0
        rows = _open(service) if only is None else _open(service).filter(pk=only)
        batch = list(rows[:limit])
        if batch:
            handler([_told(row) for row in batch])
            SettlementRow.objects.filter(pk__in=[row.pk for row in batch]).update(
                taken_at=timezone.now(), error_kind=""
            )
        return len(batch)


def _alone(service: str) -> bool:
    """One teller a service at a time, so that an owner hears in order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 1))", [f"settlements:{service}"]
        )
        (got,) = cursor.fetchone()
    return bool(got)


def _told(row: SettlementRow) -> Settlement:
    return Settlement(row.message_id, row.owner_label, row.owner_id, MessageStatus(row.status), row.at)


def _one_by_one(service: str, handler: SettlementHandler) -> int:
    told = 0
    for pk in list(_open(service).values_list("pk", flat=True)[:BATCH]):
        try:
            told += _hand(service, handler, limit=1, only=pk)
        except Exception as error:
            _keep_failure(pk, error)
    return told


@transaction.atomic
def _keep_failure(pk: int, error: Exception) -> None:
    row = SettlementRow.objects.select_for_update(no_key=True).get(pk=pk)
    row.attempts += 1
    row.due_at = timezone.now() + wait_after(row.attempts)
    row.error_kind = type(error).__name__[:120]
    row.save(update_fields=["attempts", "due_at", "error_kind"])


def _nobody_listens(service: str) -> int:
    """A service without a handler reads its messages itself; nothing piles up for it."""
    return SettlementRow.objects.filter(service=service, taken_at__isnull=True).update(
        taken_at=timezone.now()
    )
