"""People who asked for alerts, and an alert that is issued to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from alerts import services
from alerts.audience.models import Subscriber, Subscription
from alerts.audience.services.buckets import buckets_of
from alerts.models import ChildRescueAlert, Notice
from foundation.messaging import numbers
from foundation.messaging import services as messaging
from foundation.messaging.models import Delivery, Line
from tests.alerts import making
from tests.alerts.making import Room


def phones(count: int, *, first: int = 1) -> list[str]:
    """So many numbers of the range that Ofcom keeps for drama."""
    return [f"+447700900{number:03}" for number in range(first, first + count)]


def mailboxes(count: int) -> list[str]:
    """So many addresses."""
    return [f"person{number}@example.test" for number in range(1, count + 1)]


def subscribe(
    addresses: Sequence[str],
    *,
    channel: str = "sms",
    language: str = "en",
    is_test: bool = False,
    area_id: int | None = None,
) -> list[Subscription]:
    """Each gets alerts of that area from now on."""
    place = (area_id or making.area().pk, channel, language, is_test)
    bucket = buckets_of([place])[place]
    made = []
    for to in addresses:
        person, _ = Subscriber.objects.get_or_create(
            channel=channel,
            to_key=numbers.key_of(channel, to),
            is_test=is_test,
            defaults={
                "language": language,
                "source": "by_hand" if is_test else "made",
                "consent": "test",
                "consented_at": timezone.now(),
            },
        )
        row = Subscription(bucket_id=bucket, subscriber=person, channel=channel, to=to, to_key=person.to_key)
        made.append(row)
    return Subscription.objects.bulk_create(made)


def leave(subscription: Subscription) -> None:
    """Not any more."""
    Subscription.objects.filter(pk=subscription.pk).update(status="left", to="", to_key="")


def line(channel: str = "sms", per_second: int = 2000, **given: Any) -> Line:
    """A line that is fast enough for a test."""
    values = {"channel": channel, "per_second": per_second} | given
    return Line.objects.update_or_create(name=f"test-{channel}", defaults=values)[0]


def issued(room: Room, alert: ChildRescueAlert, **given: Any) -> Notice:
    """Issued by the manager, once it is ready."""
    fresh = ChildRescueAlert.objects.get(pk=alert.pk)
    return services.issue_alert(actor=room.manager, alert_id=fresh.pk, version=fresh.version, **given)


def rewritten(room: Room, alert: ChildRescueAlert, **given: Any) -> None:
    """The force writes what an update says."""
    services.edit_content(
        actor=room.officer, alert_id=alert.pk, details=making.details(**{"clothing": "A green coat"} | given)
    )


def updated(room: Room, alert: ChildRescueAlert) -> Notice:
    """An update goes out."""
    fresh = ChildRescueAlert.objects.get(pk=alert.pk)
    return services.update_alert(actor=room.manager, alert_id=fresh.pk, version=fresh.version)


def send_all(lane: str = "alert") -> int:
    """Everything of the lane that is due goes out."""
    sent = 0
    while some := messaging.send_broadcasts(lane=lane):
        sent += some
    return sent


def got(notice: Notice) -> list[str]:
    """To whom one notice was handed over, in order."""
    ids = notice.runs.values("broadcast_id")
    rows = Delivery.objects.filter(broadcast_id__in=ids, status__in=("sent", "delivered", "unknown"))
    return sorted(row.to for row in rows)
