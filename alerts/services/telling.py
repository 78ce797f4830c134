"""Saying what became of an alert: on its incident, in the trail, and to whoever is routed to it."""

from __future__ import annotations

from collections.abc import Iterable

from alerts.enums import NoticeKind
from alerts.events import AlertEnded, AlertIssued, AlertUpdated, RehearsalNotice
from alerts.models import ChildRescueAlert, Notice
from alerts.services.common import LABEL, noted, written
from foundation.actors import Actor
from foundation.events.services import publish
from missingcases.services.timeline import add_timeline_entry

_EVENTS = {
    NoticeKind.ALERT: AlertIssued,
    NoticeKind.UPDATE: AlertUpdated,
    NoticeKind.CANCEL: AlertEnded,
}


def rewritten(
    actor: Actor,
    alert: ChildRescueAlert,
    what: str,
    *,
    saved: Iterable[str] = (),
    said: Iterable[str] = (),
) -> None:
    """Save these fields of a locked alert with its next version; the trail names what changed."""
    written(alert, *saved)
    noted(actor, alert, what, *saved, *said)


def tell(actor: Actor, alert: ChildRescueAlert, notice: Notice, what: str, words: str) -> None:
    """Publish what happened: of a rehearsal that it was one, and nothing else. `words` name nobody."""
    if alert.is_rehearsal:
        publish(RehearsalNotice(alert_id=alert.pk, notice_id=notice.pk))
        return
    on_timeline(actor, alert, what, words)
    publish(_EVENTS[NoticeKind(notice.kind)](alert_id=alert.pk, notice_id=notice.pk))


def on_timeline(actor: Actor, alert: ChildRescueAlert, what: str, words: str) -> None:
    """One line on the incident's timeline, for its force; a rehearsal has no incident."""
    if alert.incident_id is None:
        return
    add_timeline_entry(
        incident_id=alert.incident_id,
        kind=f"alerts.{what}",
        actor=actor,
        audience="owner",
        summary=words,
        subject=(LABEL, alert.pk),
        organisation_id=alert.force_id,
    )
