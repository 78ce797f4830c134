"""Ending an issued alert: in one commit it goes out no more, is shown nowhere, and whoever got it is told.

What is told never says how it ended (domain.md section 5).
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from alerts.deadlines import expires_at
from alerts.enums import BEFORE_ISSUE, AlertStatus, CancelReason, NoticeKind
from alerts.models import ChildRescueAlert, Notice
from alerts.planning import plan_end
from alerts.policies import running
from alerts.services.common import hold, need
from alerts.services.deciding import end_before_issue
from alerts.services.sending import begin, freeze, hold_until_settled, take_back_unsent
from alerts.services.telling import on_timeline, tell
from alerts.states import ALERT
from foundation.access import require
from foundation.actors import Actor
from foundation.backups.services.ledger import note
from foundation.rounds import each
from foundation.states import move_held
from missingcases.enums import StopCause
from missingcases.services.common import one_of

STOPPER = Actor.system("alerts.stand_down_for_incident")
EXPIRER = Actor.system("alerts.expire_due")
WHY = "The alert has ended."
_ABOUT_SOMEBODY = frozenset({CancelReason.FOUND_SAFE, CancelReason.FOUND_DECEASED})


@transaction.atomic
def cancel_alert(*, actor: Actor, alert_id: int, cancel_reason: str, why: str = "") -> Notice:
    """End an issued alert now. It carries no version: nobody's edit may hold it up.

    `why` is kept with the record; an error needs it. Raises `Refused`, `Invalid`, `NotVisible`.
    """
    alert = hold(actor, alert_id)
    require(running.may_cancel(actor, alert))
    one_of(CancelReason, cancel_reason, "cancel_reason")
    if alert.is_rehearsal and cancel_reason in _ABOUT_SOMEBODY:
        need({"cancel_reason": "A rehearsal is about nobody. Choose another reason."})
    if cancel_reason == CancelReason.ERROR and not why.strip():
        need({"why": "Say what was wrong. This is kept with the record."})
    return _end(actor, alert, AlertStatus.CANCELLED, cancel_reason=cancel_reason, why=why, now=timezone.now())


def end_for_incident(*, incident_id: int, at: datetime, cause: StopCause) -> list[int]:
    """End what runs for an incident that is no longer open; the caller holds its lock. Returns the alerts.

    What has not been issued ends without a word to anybody.
    """
    rows = ChildRescueAlert.objects.filter(
        incident_id=incident_id, status__in=[*sorted(BEFORE_ISSUE), AlertStatus.ISSUED]
    )
    held = list(rows.select_for_update(no_key=True, of=("self",)).order_by("pk"))
    reason = CancelReason.STOOD_DOWN if cause == StopCause.LOCATED else CancelReason.ERROR
    for alert in held:
        if alert.status == AlertStatus.ISSUED:
            _end(STOPPER, alert, AlertStatus.CANCELLED, cancel_reason=reason, why="", now=at)
        else:
            end_before_issue(STOPPER, alert, cancel_reason=reason)
            note("alerts.ended", alert_id=alert.pk)
            on_timeline(STOPPER, alert, "called_off", f"Child Rescue Alert {alert.reference} is called off")
    return [alert.pk for alert in held]


def expire_due(*, now: datetime) -> int:
    """End every alert whose time is over; returns how many. Whoever got one is told that it is over."""
    rows = ChildRescueAlert.objects.filter(status=AlertStatus.ISSUED, expires_at__lte=now)
    due = rows.order_by("expires_at").values_list("pk", flat=True)
    return each(due, lambda pk: _expire(pk, now=now))


@transaction.atomic
def _expire(alert_id: int, *, now: datetime) -> bool:
    """Renewed or ended meanwhile: it is left alone."""
    alert = hold(EXPIRER, alert_id)
    if alert.status != AlertStatus.ISSUED or alert.expires_at is None or alert.expires_at > now:
        return False
    _end(EXPIRER, alert, AlertStatus.EXPIRED, cancel_reason="", why="", now=now)
    return True


def _end(
    actor: Actor, alert: ChildRescueAlert, to: AlertStatus, *, cancel_reason: str, why: str, now: datetime
) -> Notice:
    """End a held, issued alert, and begin to tell everybody who was reached."""
    last = alert.notices.select_related("content").order_by("-number")[0]
    runs = plan_end(alert, now=now)
    take_back_unsent(actor, alert, reason=WHY)
    move_held(
        alert,
        ALERT,
        to,
        actor=actor,
        reason=why,
        changes={"ended_at": now, "ended_by_id": actor.user_id, "cancel_reason": cancel_reason},
    )
    notice = freeze(actor, alert, NoticeKind.CANCEL, content=last.content, area_ids=last.area_ids, now=now)
    begin(actor, notice, runs, valid_until=expires_at(now))
    hold_until_settled(notice)
    note("alerts.ended", alert_id=alert.pk)
    tell(actor, alert, notice, "ended", f"Child Rescue Alert {alert.reference} has ended")
    return notice
