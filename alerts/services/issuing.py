"""Issuing and updating: one transaction freezes words, places and audience, and begins the broadcasts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from alerts import policies
from alerts.deadlines import expires_at, review_due_at
from alerts.enums import AlertStatus, NoticeKind
from alerts.models import AlertContent, ChildRescueAlert, Notice
from alerts.planning import Run, newest_content, plan_alert, plan_update
from alerts.policies import running
from alerts.reckoning import prices, refusal_of
from alerts.services.common import hold
from alerts.services.sending import begin, freeze, take_back_unsent
from alerts.services.telling import rewritten, tell
from alerts.states import ALERT
from foundation.access import Refusal, Refused, require
from foundation.actors import Actor
from foundation.backups.services.ledger import note
from foundation.states import move_held

_NO_WORDS = Refusal("no_words", "Write what the alert says first.")


@transaction.atomic
def issue_alert(
    *, actor: Actor, alert_id: int, version: int, channels: Sequence[str] | None = None
) -> Notice:
    """Issue an agreed alert to everybody of its areas: from the commit on it goes out.

    Costs the same for a hundred people as for a million. `channels` leaves others for `issue_also_by`. Raises
    `Refused` with what is still missing, and `Conflict` where somebody changed or issued it meanwhile.
    """
    alert = hold(actor, alert_id, version=version)
    content = newest_content(alert)
    require(policies.may_issue(actor, alert, content))
    if content is None:
        raise Refused(_NO_WORDS)
    require(running.may_be_said(content, needed=[]))
    now, areas = timezone.now(), _areas_of(alert)
    runs = _chosen(plan_alert(alert, content, areas, now=now), channels)
    costs = prices()
    require(refusal_of(actor, alert, runs, costs))
    _move_to_issued(actor, alert, now=now)
    notice = freeze(actor, alert, NoticeKind.ALERT, content=content, area_ids=areas, now=now)
    begin(actor, notice, runs, valid_until=alert.expires_at or expires_at(now), costs=costs)
    note("alerts.issued", alert_id=alert.pk)
    tell(actor, alert, notice, "issued", f"Child Rescue Alert {alert.reference} is issued")
    return notice


def _move_to_issued(actor: Actor, alert: ChildRescueAlert, *, now: datetime) -> None:
    move_held(
        alert,
        ALERT,
        AlertStatus.ISSUED,
        actor=actor,
        changes={
            "issued_by_id": actor.user_id,
            "issued_at": now,
            "review_at": review_due_at(now),
            "expires_at": expires_at(now),
        },
    )


@transaction.atomic
def issue_also_by(*, actor: Actor, alert_id: int, version: int, channels: Sequence[str]) -> Notice:
    """Send what stands now by channels that were left out when it was issued."""
    alert = hold(actor, alert_id, version=version)
    notice = _newest_sent(alert)
    require(running.may_issue_also(actor, alert))
    used = set(notice.runs.values_list("channel", flat=True))
    areas, now = notice.area_ids, timezone.now()
    wanted = [one for one in channels if one not in used]
    runs = _chosen(plan_alert(alert, notice.content, areas, now=now), wanted)
    require(refusal_of(actor, alert, runs))
    begin(actor, notice, runs, valid_until=alert.expires_at or expires_at(now))
    rewritten(actor, alert, "issued_also", said=["runs"])
    return notice


def _newest_sent(alert: ChildRescueAlert) -> Notice:
    found = alert.notices.filter(runs__isnull=False).order_by("-number").first()
    if found is None:
        raise Refused(Refusal("not_issued", "The alert has not been issued."))
    return found


@transaction.atomic
def update_alert(*, actor: Actor, alert_id: int, version: int) -> Notice:
    """Send the newest words to everybody whom the alert was issued to.

    What of the last notice has not gone out is taken back in the same commit: who was not reached yet gets
    the new words alone.
    """
    alert = hold(actor, alert_id, version=version)
    require(running.may_update(actor, alert))
    content, now = _content_of(alert), timezone.now()
    runs = plan_update(alert, content, now=now)
    require(refusal_of(actor, alert, runs))
    take_back_unsent(actor, alert, reason="Newer words go out instead.")
    notice = freeze(actor, alert, NoticeKind.UPDATE, content=content, area_ids=_areas_of(alert), now=now)
    begin(actor, notice, runs, valid_until=notice.expires_at)
    rewritten(actor, alert, "updated", said=["content"])
    tell(actor, alert, notice, "updated", f"Child Rescue Alert {alert.reference} says something new")
    return notice


def _content_of(alert: ChildRescueAlert) -> AlertContent:
    content = newest_content(alert)
    if content is None:
        raise Refused(_NO_WORDS)
    return content


def _areas_of(alert: ChildRescueAlert) -> list[int]:
    return sorted(alert.areas.values_list("area_id", flat=True))


def _chosen(runs: Sequence[Run], channels: Sequence[str] | None) -> list[Run]:
    return [run for run in runs if channels is None or run.channel in channels]
