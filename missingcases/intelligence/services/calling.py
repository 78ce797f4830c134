"""A report that waits at the force: its people are written to when it comes, and again when it is late.

What is sent names nobody and no word of it: a reference, and where to sign in.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from foundation.access import Refusal
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.messaging import services as messaging
from foundation.rounds import each
from missingcases.intelligence.enums import ReportStatus, Urgency
from missingcases.intelligence.models import Report
from missingcases.intelligence.selectors import people_to_call, to_call
from missingcases.intelligence.services.deciding import LABEL

GUARD = "intelligence.report"
CALLER = Actor.system("intelligence.call_for_reports")
LASTS = timedelta(hours=12)
BATCH = 100


def still_waits(owner_id: int) -> Refusal | None:
    """The guard of every e-mail: none goes about a report that was taken up or taken back."""
    if Report.objects.filter(pk=owner_id, status=ReportStatus.SENT).exists():
        return None
    return Refusal("taken_up", "The report was acknowledged, or taken back.")


def tell_force(report_id: int) -> None:
    """A report has come."""
    report = Report.objects.select_related("release__incident").get(pk=report_id)
    if report.status == ReportStatus.SENT:
        _write(report, "sent", now=timezone.now())


def call_due() -> int:
    """Write about whatever was not acknowledged in time; returns how many calls were made."""
    now = timezone.now()
    return each(to_call(now, most=BATCH), lambda pk: _call_for(pk, now=now))


@transaction.atomic
def _call_for(report_id: int, *, now: datetime) -> bool:
    """Once each: whoever else did it meanwhile has emptied the time."""
    rows = Report.objects.select_for_update(of=("self",), no_key=True, skip_locked=True).filter(
        pk=report_id, call_at__lte=now
    )
    report = rows.select_related("release__incident").first()
    if report is None:
        return False
    Report.objects.filter(pk=report.pk).update(call_at=None)
    if report.status != ReportStatus.SENT:
        return False
    _write(report, "late", now=now)
    audit.record(
        actor=CALLER,
        action="intelligence.called",
        target=report,
        incident_id=report.incident_id,
        on_behalf_of_id=report.force_id,
    )
    return True


def _write(report: Report, kind: str, *, now: datetime) -> None:
    page = {
        "reference": report.reference,
        "late": kind == "late",
        "acknowledge_by": report.acknowledge_by,
        "link": f"{settings.STAFF_BASE_URL}/intelligence/{report.reference}/",
    }
    said = "is not acknowledged" if kind == "late" else "waits for your force"
    for person in people_to_call(report):
        messaging.queue_message(
            actor=CALLER,
            channel="email",
            lane="urgent" if report.urgency == Urgency.IMMEDIATE else "normal",
            to=person.email,
            subject=f"{settings.PRODUCT_NAME}: an intelligence report {said}",
            body=render_to_string("intelligence/mail/report_waits.txt", page),
            service="missingcases",
            owner=(LABEL, report.pk),
            guard=GUARD,
            organisation_id=report.force_id,
            valid_until=now + LASTS,
            dedupe_key=f"intelligence:{report.pk}:{kind}:{person.pk}",
        )
