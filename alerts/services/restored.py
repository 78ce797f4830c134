"""After a restore: what had ended ends again, and what had been issued does not go out a second time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from alerts.enums import BEFORE_ISSUE, AlertStatus, CancelReason
from alerts.models import ChildRescueAlert
from alerts.services.common import hold
from alerts.services.ending import WHY
from alerts.services.sending import take_back_unsent
from alerts.services.telling import on_timeline
from alerts.states import ALERT
from foundation.actors import Actor
from foundation.states import move_held

RESTORER = Actor.system("alerts.restore")


@transaction.atomic
def end_again(ids: Mapping[str, Any]) -> bool:
    """An alert had ended. It is shown nowhere again, and nobody gets a second text of its end."""
    alert = _held(ids)
    if alert is not None and alert.is_running:
        _end_untold(alert, f"Child Rescue Alert {alert.reference} is ended again after a restore")
    return alert is not None


@transaction.atomic
def end_what_was_issued(ids: Mapping[str, Any]) -> bool:
    """An alert had been issued that stands here as not issued yet.

    Whom it reached is known nowhere any more, so it must not go out again: it ends here, and whoever looks at
    the incident reads why.
    """
    alert = _held(ids)
    if alert is not None and alert.status in BEFORE_ISSUE:
        words = f"Child Rescue Alert {alert.reference} had been issued after the backup: propose a new one"
        _end_untold(alert, words)
    return alert is not None


def _held(ids: Mapping[str, Any]) -> ChildRescueAlert | None:
    """The alert of a line, locked with its incident; None for one that is younger than the backup."""
    if not ChildRescueAlert.objects.filter(pk=ids["alert_id"]).exists():
        return None
    return hold(RESTORER, ids["alert_id"])


def _end_untold(alert: ChildRescueAlert, words: str) -> None:
    take_back_unsent(RESTORER, alert, reason=WHY)
    move_held(
        alert,
        ALERT,
        AlertStatus.CANCELLED,
        actor=RESTORER,
        changes={"ended_at": timezone.now(), "cancel_reason": CancelReason.STOOD_DOWN},
    )
    on_timeline(RESTORER, alert, "ended_after_restore", words)
