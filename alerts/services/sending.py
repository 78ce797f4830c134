"""Freezing a notice and beginning its broadcasts, in the caller's transaction.

It costs the same for a hundred people as for a million.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from alerts.deadlines import expires_at
from alerts.enums import ENDED, AlertStatus, NoticeKind
from alerts.models import AlertContent, ChildRescueAlert, Notice, NoticeRun, RunCost
from alerts.planning import Run
from alerts.reckoning import prices
from alerts.references import notice_identifier
from alerts.services.kick import kick_ends
from foundation.access import Refusal
from foundation.actors import Actor
from foundation.messaging.enums import BroadcastStatus, DeliveryStatus, Lane
from foundation.messaging.models import Broadcast, Delivery
from foundation.messaging.services import broadcast as broadcasts
from foundation.rounds import each

SERVICE = "alerts"
GUARD = "alerts.notice"
SENDER = Actor.system("alerts.send")
# Whether somebody who was just being written to got it is known a moment later; a dead worker is not awaited.
SETTLES_WITHIN = timedelta(seconds=5)
LOOKED_AT_AFTER = 1.2  # seconds
_AWAITED = "Until it is known who was reached."


def freeze(
    actor: Actor,
    alert: ChildRescueAlert,
    kind: NoticeKind,
    *,
    content: AlertContent,
    area_ids: Iterable[int],
    now: datetime,
) -> Notice:
    """Keep what is said from now on, and where. The caller holds the alert."""
    number = alert.notices.count() + 1
    return Notice.objects.create(
        alert=alert,
        number=number,
        kind=kind,
        content=content,
        area_ids=sorted(area_ids),
        identifier=notice_identifier(alert.reference, number),
        sent_at=now,
        expires_at=now if kind == NoticeKind.CANCEL else alert.expires_at or expires_at(now),
        made_by_id=actor.user_id,
    )


def begin(
    actor: Actor,
    notice: Notice,
    runs: Sequence[Run],
    *,
    valid_until: datetime,
    costs: dict[str, Decimal] | None = None,
) -> None:
    """Begin one broadcast a run; it goes out once the caller's transaction has committed.

    The same few statements, however many runs. `costs` are the prices where the caller has read them.
    """
    prices_now = prices() if costs is None else costs
    sent = broadcasts.begin_many(
        actor=actor, lane=Lane.ALERT, plans=[_plan(notice, run, valid_until) for run in runs]
    )
    rows = [
        NoticeRun(notice=notice, channel=run.channel, language=run.language, broadcast_id=one.pk)
        for run, one in zip(runs, sent, strict=True)
    ]
    NoticeRun.objects.bulk_create(rows)
    RunCost.objects.bulk_create(
        RunCost(
            run=kept,
            recipients=run.recipients,
            segments=run.segments,
            pence_each=prices_now.get(run.channel),
        )
        for run, kept in zip(runs, rows, strict=True)
    )


def _plan(notice: Notice, run: Run, valid_until: datetime) -> broadcasts.Plan:
    return broadcasts.Plan(
        channel=run.channel,
        service=SERVICE,
        owner=(f"alerts.Notice:{run.channel}:{run.language}", notice.pk),
        guard=GUARD,
        body=run.letter.sent,
        subject=run.letter.subject,
        valid_until=valid_until,
        audience=run.audience,
        parts=run.parts,
    )


def take_back_unsent(actor: Actor, alert: ChildRescueAlert, *, reason: str) -> None:
    """End every broadcast of the alert that still goes out: a second after the commit no text starts."""
    mine = NoticeRun.objects.filter(notice__alert=alert).values("broadcast_id")
    running = Broadcast.objects.filter(pk__in=mine, status__in=(BroadcastStatus.OPEN, BroadcastStatus.PAUSED))
    for pk in running.order_by("pk").values_list("pk", flat=True):
        broadcasts.cancel(actor=actor, broadcast_id=pk, reason=reason)


def may_go(notice_id: int) -> Refusal | None:
    """The guard of everything that alerts send, read afresh at every claim."""
    notice = Notice.objects.select_related("alert__incident").get(pk=notice_id)
    alert = notice.alert
    if notice.kind == NoticeKind.CANCEL:
        return None if alert.status in ENDED else Refusal("not_ended", "The alert has not ended.")
    if alert.status != AlertStatus.ISSUED or (alert.expires_at and alert.expires_at <= timezone.now()):
        return Refusal("ended", "The alert has ended.")
    if alert.incident is not None and not alert.incident.is_open:
        return Refusal("found", "The incident is no longer open.")
    later = Notice.objects.filter(alert_id=alert.pk, number__gt=notice.number, runs__isnull=False)
    return Refusal("overtaken", "A newer notice has replaced it.") if later.exists() else None


def hold_until_settled(notice: Notice) -> None:
    """Let the end wait until it is known whether those were reached who were being written to just now."""
    for run in notice.runs.all():
        broadcasts.pause(actor=SENDER, broadcast_id=run.broadcast_id, reason=_AWAITED)
    if notice.runs.exists():
        kick_ends(after=LOOKED_AT_AFTER)


def let_ends_go(*, now: datetime) -> int:
    """Let those ends go out whose alert is no longer being handed over to anybody; returns how many runs."""
    waiting = Broadcast.objects.filter(
        pk__in=NoticeRun.objects.filter(notice__kind=NoticeKind.CANCEL).values("broadcast_id"),
        status=BroadcastStatus.PAUSED,
    )
    return each(waiting.values_list("pk", flat=True), lambda pk: _let_go(pk, now=now))


@transaction.atomic
def _let_go(broadcast_id: int, *, now: datetime) -> bool:
    run = NoticeRun.objects.select_related("notice").get(broadcast_id=broadcast_id)
    earlier = NoticeRun.objects.filter(
        notice__alert_id=run.notice.alert_id, channel=run.channel, notice__number__lt=run.notice.number
    )
    is_fresh = now - run.notice.sent_at < SETTLES_WITHIN
    if is_fresh and _is_being_sent(earlier.values_list("broadcast_id", flat=True)):
        return False
    row = Broadcast.objects.select_for_update(no_key=True).get(pk=broadcast_id)
    if row.status != BroadcastStatus.PAUSED:
        return False
    broadcasts.resume(actor=SENDER, broadcast_id=broadcast_id, reason="It is known who was reached.")
    return True


def _is_being_sent(broadcast_ids: Iterable[int]) -> bool:
    rows = Delivery.objects.filter(broadcast_id__in=list(broadcast_ids))
    return rows.filter(status=DeliveryStatus.SENDING).exists()
