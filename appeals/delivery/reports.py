"""Reading what outlets told us at the public site: that they read of an end, what is gone, what is shown."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

import structlog
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from appeals import deadlines
from appeals.delivery.outcomes import enter, mark_told
from appeals.enums import Channel, ConfirmedBy, PlacementStatus
from appeals.models import Outlet, OutletReport, Placement
from appeals.services.placing import this_change
from appeals.services.takedown import confirm_gone
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
    _heard(outlet, report.received_at)
    if report.kind == "check_in":
        return _checked_in(report, outlet)
    ended = _ended(outlet, report.body["gone"], before=report.received_at)
    if report.kind == "read":
        told = mark_told(_held(ended), now=report.received_at, what="read_without_it")
        return "told" if told else "known"
    return "gone" if _confirm(ended, ConfirmedBy.LINK, at=report.received_at) else "not_confirmed"


def _checked_in(report: OutletReport, outlet: Outlet) -> str:
    """What it dropped, and does not show, is confirmed; what it shows of what is gone is seen there."""
    at, showing = report.received_at, set(report.body["showing"])
    by = ConfirmedBy.CHECK_IN if outlet.channel == Channel.BILLBOARD else ConfirmedBy.API
    _confirm(_ended(outlet, set(report.body["dropped"]) - showing, before=at), by, at=at)
    still = _held(_ended(outlet, showing, before=at - deadlines.STILL_SHOWN_AFTER))
    _still_shown(still, at=at)
    return "still_shown" if still else "read"


def _ended(outlet: Outlet, references: Collection[str], *, before: datetime) -> QuerySet[Placement]:
    """Those of the outlet's own placements that were to be taken down by then; no other's."""
    rows = Placement.objects.filter(outlet=outlet, reference__in=list(references), withdraw_from__lte=before)
    return rows.filter(status__in=(_P.WITHDRAWING, _P.TOLD, _P.CONFIRMED)).order_by("appeal_id", "pk")


def _held(rows: QuerySet[Placement]) -> dict[int, str]:
    return dict(rows.select_for_update(no_key=True).values_list("pk", "status"))


def _heard(outlet: Outlet, at: datetime) -> None:
    earlier = Q(last_heard_at__isnull=True) | Q(last_heard_at__lt=at)
    Outlet.objects.filter(earlier, pk=outlet.pk).update(last_heard_at=at)


def _confirm(rows: QuerySet[Placement], by: ConfirmedBy, *, at: datetime) -> bool:
    """Whether all are confirmed gone. An outlet whose copies travel is told, and never confirmed."""
    sure = {pk: confirm_gone(placement_id=pk, by=by) for pk in rows.values_list("pk", flat=True)}
    unsure = [pk for pk, is_sure in sure.items() if not is_sure]
    mark_told(_held(rows.filter(pk__in=unsure)), now=at, what="said_gone")
    return not unsure


def _still_shown(held: Mapping[int, str], *, at: datetime) -> None:
    """Seen there after it was to be gone: what was confirmed is owed again, and staff are shown it."""
    confirmed = {pk: status for pk, status in held.items() if status == _P.CONFIRMED}
    if confirmed:
        owed = {"confirmed_gone_at": None, "confirmed_by": "", "next_at": at, "change": this_change()}
        move_many(
            Placement.objects.all(),
            PLACEMENT,
            _P.CONFIRMED,
            _P.WITHDRAWING,
            actor=READER,
            changes=owed,
            held=confirmed,
        )
    rows = Placement.objects.filter(pk__in=held)
    # A player checks in every minute: a line an hour tells as much.
    since = Q(still_shown_at__isnull=True) | Q(still_shown_at__lt=at - deadlines.STILL_SHOWN_SAID_EVERY)
    fresh = list(rows.filter(since).values_list("pk", flat=True))
    rows.update(still_shown_at=at, updated_at=at)
    enter(fresh, "still_shown", now=at)
