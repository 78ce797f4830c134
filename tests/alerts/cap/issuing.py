"""Alerts that are out, as rows: how they are issued is another's business (`alerts.services.issuing`)."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from alerts.enums import AlertStatus, NoticeKind
from alerts.events import AlertEnded, AlertIssued, AlertUpdated, RehearsalNotice
from alerts.models import ChildRescueAlert, Notice
from alerts.references import notice_identifier
from alerts.selectors import newest_content
from alerts.states import ALERT
from foundation.actors import Actor
from foundation.events.services import publish
from foundation.states import move

EVENTS = {
    NoticeKind.ALERT: AlertIssued,
    NoticeKind.UPDATE: AlertUpdated,
    NoticeKind.CANCEL: AlertEnded,
}
SYSTEM = Actor.system("tests")


def notice(alert: ChildRescueAlert, kind: NoticeKind) -> Notice:
    """The next notice of an alert, with nobody told of it yet."""
    number = alert.notices.count() + 1
    now = timezone.now()
    content = newest_content(alert)
    assert content is not None
    return Notice.objects.create(
        alert=alert,
        number=number,
        kind=kind,
        content=content,
        area_ids=list(alert.areas.values_list("area_id", flat=True)),
        identifier=notice_identifier(alert.reference, number),
        sent_at=now,
        expires_at=now + timedelta(hours=24),
    )


@transaction.atomic
def tell(alert: ChildRescueAlert, kind: NoticeKind) -> Notice:
    """A notice, and everybody who hears of it."""
    row = notice(alert, kind)
    event = RehearsalNotice if alert.is_rehearsal else EVENTS[kind]
    publish(event(alert_id=alert.pk, notice_id=row.pk))
    return row


@transaction.atomic
def issue(alert: ChildRescueAlert, manager: Actor) -> Notice:
    """Issued by the charity's manager."""
    now = timezone.now()
    alert.refresh_from_db()
    changes = {
        "issued_by_id": manager.user_id,
        "issued_at": now,
        "review_at": now + timedelta(hours=4),
        "expires_at": now + timedelta(hours=24),
    }
    move(alert, ALERT, AlertStatus.ISSUED, actor=manager, changes=changes)
    return tell(alert, NoticeKind.ALERT)


@transaction.atomic
def call_off(alert: ChildRescueAlert, reason: str = "found_deceased") -> Notice:
    """Ended, for a reason that nobody outside may learn."""
    alert.refresh_from_db()
    changes = {"ended_at": timezone.now(), "cancel_reason": reason}
    move(alert, ALERT, AlertStatus.CANCELLED, actor=SYSTEM, changes=changes)
    return tell(alert, NoticeKind.CANCEL)
