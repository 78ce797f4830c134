"""Reading what outlets told us at the public site: that they read it, that it is gone, what players show."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

import structlog
from django.db import transaction
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from appeals import deadlines
from appeals.delivery.outcomes import enter, mark_told
from appeals.enums import Channel, ConfirmedBy, PlacementStatus
from appeals.models import Outlet, OutletReport, Placement, TakedownEntry
from appeals.models.placements import OWED
from appeals.services.players import came_back
from appeals.states import PLACEMENT
from foundation.actors import Actor
from foundation.states import move_many

log = structlog.get_logger(__name__)
READER = Actor.system("appeals.read_outlet_reports")
BATCH = 100
_P = PlacementStatus


def read_reports() -> int:
    """Read a batch of what is unread, each in a transaction of its own; returns how many were."""
    unread = OutletReport.objects.filter(processed_at__isnull=True).order_by("received_at", "pk")
    return sum(_read(pk) for pk in unread.values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def _read(report_id: int) -> int:
    """Read one, unless another worker has it or has read it.

    A link that was pressed is kept. Players check in every minute: what came of it stands in the ledger, and
    the report goes.
    """
    rows = OutletReport.objects.select_for_update(skip_locked=True)
    report = rows.filter(pk=report_id, processed_at__isnull=True).first()
    if report is None:
        return 0
    outlet = Outlet.objects.filter(pk=report.outlet_id or 0).first()
    report.result = _result(report, outlet) if outlet else "no_outlet"
    report.processed_at = timezone.now()
    log.info("outlet_report_read", report_id=report.pk, kind=report.kind, result=report.result)
    if report.kind == "link":
        report.save(update_fields=["result", "processed_at"])
    else:
        report.delete()
    return 1


def _result(report: OutletReport, outlet: Outlet) -> str:
    if report.kind == "check_in":
        return _checked_in(report, outlet)
    held = _held(outlet, report.body["gone"], before=report.received_at)
    if report.kind == "read":
        _heard(outlet, report.received_at)
        return "told" if mark_told(held, now=report.received_at, what="read_without_it") else "known"
    return "gone" if _gone(outlet, held, ConfirmedBy.LINK, at=report.received_at) else "known"


def _checked_in(report: OutletReport, outlet: Outlet) -> str:
    """What it shows of what is gone is seen there; what it dropped, and does not show, is confirmed."""
    at, showing = report.received_at, set(report.body["showing"])
    _heard(outlet, at)
    still = _held(outlet, showing, before=at - deadlines.STILL_SHOWN_AFTER)
    _still_shown(still, at=at)
    by = ConfirmedBy.CHECK_IN if outlet.channel == Channel.BILLBOARD else ConfirmedBy.API
    dropped = _held(outlet, set(report.body["dropped"]) - showing, before=at)
    _gone(outlet, dropped, by, at=at, evidence=report.body["at"])
    return "still_shown" if still else "read"


def _held(outlet: Outlet, references: Collection[str], *, before: datetime) -> dict[int, str]:
    """Those of the outlet's own placements that were to be taken down by then, locked; no other's."""
    rows = Placement.objects.filter(
        outlet=outlet, reference__in=list(references), withdraw_from__lte=before
    ).order_by("pk")
    ended = rows.filter(status__in=(*OWED, _P.CONFIRMED))
    return dict(ended.select_for_update(no_key=True).values_list("pk", "status"))


def _heard(outlet: Outlet, at: datetime) -> None:
    earlier = Q(last_heard_at__isnull=True) | Q(last_heard_at__lt=at)
    Outlet.objects.filter(earlier, pk=outlet.pk).update(last_heard_at=at)
    if outlet.silence_told_at is not None:
        came_back(outlet_id=outlet.pk)


def _gone(
    outlet: Outlet, held: Mapping[int, str], by: ConfirmedBy, *, at: datetime, evidence: str = ""
) -> list[int]:
    """Confirmed gone. An outlet whose copies travel is told, and never confirmed."""
    owed = {pk: status for pk, status in held.items() if status in OWED}
    if not outlet.verifiable:
        mark_told(owed, now=at, what="said_gone")
        return []
    moved = _move(
        owed,
        _P.CONFIRMED,
        confirmed_gone_at=at,
        confirmed_by=by,
        withdrawal_sent_at=Coalesce("withdrawal_sent_at", Value(at)),
        next_at=None,
        problem="",
    )
    TakedownEntry.objects.bulk_create(
        [TakedownEntry(placement_id=pk, at=at, what=f"confirmed_by_{by}", evidence=evidence) for pk in moved]
    )
    return moved


def _still_shown(held: Mapping[int, str], *, at: datetime) -> None:
    """Seen there after it was to be gone: what was confirmed is owed again, and staff are shown it."""
    confirmed = {pk: status for pk, status in held.items() if status == _P.CONFIRMED}
    _move(confirmed, _P.WITHDRAWING, confirmed_gone_at=None, confirmed_by="", next_at=at)
    rows = Placement.objects.filter(pk__in=held)
    # A player checks in every minute: a line an hour tells as much.
    since = Q(still_shown_at__isnull=True) | Q(still_shown_at__lt=at - deadlines.STILL_SHOWN_SAID_EVERY)
    fresh = list(rows.filter(since).values_list("pk", flat=True))
    rows.update(still_shown_at=at, updated_at=at)
    enter(fresh, "still_shown", now=at)


def _move(held: Mapping[int, str], to: str, **changes: object) -> list[int]:
    if not held:
        return []
    rows, ways = Placement.objects.all(), sorted(set(held.values()))
    changes["updated_at"] = timezone.now()
    return move_many(rows, PLACEMENT, ways, to, actor=READER, changes=changes, held=held)
