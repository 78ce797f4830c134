"""What beat has done: addresses that said STOP leave, what is no longer needed goes, months are counted."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import connection, transaction

from alerts.audience import deadlines
from alerts.audience.models import (
    MonthFigures,
    PartnerSystem,
    PreferenceLink,
    SignUp,
    Submission,
    Subscriber,
    SystemSignUp,
)
from alerts.audience.services import asking, signing_up, systems, systems_kept
from alerts.audience.services.choosing import leave
from alerts.audience.services.signing_up import ALERTS
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.messaging import services as messaging
from foundation.messaging.models import Suppression

KEEPER = Actor.system("audience.keeping_up")
BATCH = 1000
_MONTH = """
SELECT channel,
       count(*) FILTER (WHERE created_at >= %(first)s AND created_at < %(end)s),
       count(*) FILTER (WHERE left_at >= %(first)s AND left_at < %(end)s),
       count(*) FILTER (WHERE paused_until IS NOT NULL)
FROM audience_subscriber
WHERE NOT is_test
  AND (created_at >= %(first)s OR left_at >= %(first)s OR paused_until IS NOT NULL)
GROUP BY channel
"""


def leave_suppressed(*, now: datetime) -> int:
    """End subscriptions to addresses that said STOP of late: from the STOP on nothing is sent to them anyhow.

    Asked from the side of the few who said it, however many subscribers there are.
    """
    stopped = Suppression.objects.filter(
        service=ALERTS, lifted_at__isnull=True, started_at__gte=now - deadlines.STOPPED_OF_LATE
    )
    keys: dict[str, list[str]] = {}
    for channel, to_key in stopped.values_list("channel", "to_key"):
        keys.setdefault(channel, []).append(to_key)
    ids: list[int] = []
    for channel, some in keys.items():
        rows = Subscriber.objects.filter(channel=channel, to_key__in=some, left_at__isnull=True)
        ids += rows.values_list("pk", flat=True)
    return leave(actor=KEEPER, subscriber_ids=sorted(ids)[:BATCH]) if ids else 0


def forget_gone(gone: Collection[tuple[int, str]]) -> None:
    """Whose address was gone when an alert went out leaves: there is nobody to be told.

    `gone` is subscribers and keys of addresses. Whoever has another address by now stays.
    """
    ids = [pk for pk, _ in gone]
    keys = dict(
        Subscriber.objects.filter(pk__in=ids).select_for_update(no_key=True).values_list("pk", "to_key")
    )
    still = sorted({pk for pk, key in gone if keys.get(pk) == key})
    systems_kept.tell_ended(still, why="gone")
    leave(actor=KEEPER, subscriber_ids=still)


def forget(*, now: datetime) -> int:
    """Delete what was never confirmed, links and forms whose time is over, and who left long ago."""
    return (
        _forget_sign_ups(now)
        + _forget_systems(now)
        + _forget_links(now)
        + Submission.objects.filter(processed_at__lte=now - deadlines.KEEP_SUBMISSIONS).delete()[0]
        + _forget_left(now)
    )


@transaction.atomic
def _forget_sign_ups(now: datetime) -> int:
    """Not before `ASKED_WITHIN`: by them is counted how often an address was asked."""
    over = SignUp.objects.filter(expires_at__lte=now, created_at__lte=now - deadlines.ASKED_AFTER_STOP)
    ids = list(over.order_by("pk").values_list("pk", flat=True)[:BATCH])
    _gone(SignUp, signing_up.LABEL, ids, "sign_up.forgotten")
    emptied = SignUp.objects.filter(expires_at__lte=now).exclude(to="").update(to="")
    return len(ids) + emptied


@transaction.atomic
def _forget_systems(now: datetime) -> int:
    """Of systems that did not answer in time, or did, everything but that somebody asked."""
    over = SystemSignUp.objects.filter(expires_at__lte=now, created_at__lte=now - deadlines.ASKED_AFTER_STOP)
    ids = list(over.order_by("pk").values_list("pk", flat=True)[:BATCH])
    _gone(SystemSignUp, systems.LABEL, ids, "system_sign_up.forgotten")
    empty = {"name": "", "endpoint": "", "contact": "", "secret": "", "challenge": ""}
    kept = SystemSignUp.objects.filter(expires_at__lte=now).exclude(endpoint="")
    return len(ids) + kept.update(**empty, next_ask_at=None)


@transaction.atomic
def _forget_links(now: datetime) -> int:
    over = PreferenceLink.objects.filter(expires_at__lte=now, created_at__lte=now - deadlines.ASKED_WITHIN)
    ids = list(over.order_by("pk").values_list("pk", flat=True)[:BATCH])
    _gone(PreferenceLink, asking.LABEL, ids, "audience_link.forgotten")
    return len(ids)


def _gone(
    model: type[SignUp | PreferenceLink | SystemSignUp], label: str, ids: list[int], action: str
) -> None:
    if ids:
        messaging.erase_for_owners(actor=KEEPER, owner_label=label, owner_ids=ids)
        audit.record(actor=KEEPER, action=action, target=model, target_ids=ids)
        model.objects.filter(pk__in=ids).delete()


@transaction.atomic
def _forget_left(now: datetime) -> int:
    over = Subscriber.objects.filter(left_at__lte=now - deadlines.KEEP_LEFT).order_by("pk")
    ids = list(over.select_for_update(skip_locked=True).values_list("pk", flat=True)[:BATCH])
    if ids:
        audit.record(actor=KEEPER, action="subscriber.forgotten", target=Subscriber, target_ids=ids)
        ended = PartnerSystem.objects.filter(subscriber_id__in=ids).values_list("pk", flat=True)
        messaging.erase_for_owners(actor=KEEPER, owner_label=systems_kept.LABEL, owner_ids=sorted(ended))
        Subscriber.objects.filter(pk__in=ids).delete()
    return len(ids)


@transaction.atomic
def count_month(*, month: date) -> None:
    """Write a month's figures anew from what is there: called for this month and the last one."""
    first, end = deadlines.month_of(month), deadlines.month_after(month)
    with connection.cursor() as cursor:
        cursor.execute(_MONTH, {"first": first, "end": end})
        found = cursor.fetchall()
    for channel, joined, left, paused in found:
        row, _ = MonthFigures.objects.select_for_update().get_or_create(month=first, channel=channel)
        # Those who left long ago are deleted: what was counted once stays.
        row.joined, row.left, row.paused = max(row.joined, joined), max(row.left, left), paused
        row.save()
