"""What a subscriber chooses: where, in which language, a pause, an end. Whatever ends, ends at once.

Lock order: the subscriber, its subscriptions, then the buckets by number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from alerts.audience import deadlines
from alerts.audience.enums import SubscriptionStatus
from alerts.audience.models import MOST_AREAS, PartnerSystem, Subscriber, Subscription, SystemSignUp
from alerts.audience.services import buckets
from alerts.audience.states import SUBSCRIPTION
from alerts.enums import AudienceChannel
from foundation.access import Refusal, Refused
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.backups.services.ledger import note
from foundation.messaging import addresses, numbers
from foundation.states import move_many

_GONE = {"to": "", "to_key": ""}
LIVE = (SubscriptionStatus.ACTIVE, SubscriptionStatus.PAUSED)
NO_AREA = Refusal("no_area", f"Choose one to {MOST_AREAS} areas.")
BATCH = 500


@transaction.atomic
def set_choices(
    *, actor: Actor, subscriber_id: int, to: str = "", area_ids: Sequence[int], language: str
) -> Subscriber | None:
    """Have the subscriber get the alerts of these areas, in this language, and of no others.

    What stays the same keeps its number. `to` is the address where there is no subscription to take it
    from. None where the subscriber left meanwhile. Raises `Refused` for no area or too many.
    """
    if not 1 <= len(set(area_ids)) <= MOST_AREAS:
        raise Refused(NO_AREA)
    subscriber = locked(subscriber_id)
    if subscriber is None:
        return None
    mine = live_of(subscriber.pk)
    places = [(area, subscriber.channel, language, subscriber.is_test) for area in set(area_ids)]
    wanted = set(buckets.buckets_of(places).values())
    there = {row.bucket_id: row for row in mine}
    buckets.lock(wanted | there.keys())
    address = to or next((row.to for row in mine), "")
    ended = [row.pk for bucket_id, row in there.items() if bucket_id not in wanted]
    move_many(
        Subscription.objects.filter(pk__in=ended), SUBSCRIPTION, LIVE, _LEFT, actor=actor, changes=_GONE
    )
    status = SubscriptionStatus.PAUSED if subscriber.paused_until else SubscriptionStatus.ACTIVE
    Subscription.objects.bulk_create(
        Subscription(
            bucket_id=bucket_id,
            subscriber=subscriber,
            channel=subscriber.channel,
            to=address,
            to_key=subscriber.to_key,
            status=status,
        )
        for bucket_id in sorted(wanted - there.keys())
    )
    subscriber.language = language
    subscriber.save(update_fields=["language"])
    audit.record(actor=actor, action="subscriber.chose", target=subscriber, fields=["areas", "language"])
    return subscriber


_LEFT = SubscriptionStatus.LEFT


def locked(subscriber_id: int) -> Subscriber | None:
    """A subscriber who has not left, locked."""
    rows = Subscriber.objects.select_for_update(no_key=True)
    return rows.filter(pk=subscriber_id, left_at__isnull=True).first()


def live_of(subscriber_id: int) -> list[Subscription]:
    """Their subscriptions that have not ended, locked."""
    rows = Subscription.objects.filter(subscriber_id=subscriber_id, status__in=LIVE).order_by("pk")
    return list(rows.select_for_update(no_key=True))


@transaction.atomic
def pause(*, actor: Actor, subscriber_id: int, days: int) -> bool:
    """No alerts for so many days. False where the subscriber left meanwhile."""
    return pause_until(actor, subscriber_id, deadlines.end_of_pause(timezone.now(), days))


def pause_until(actor: Actor, subscriber_id: int, until: datetime) -> bool:
    """No alerts until then, in the caller's transaction. False where the subscriber left meanwhile."""
    subscriber = locked(subscriber_id)
    if subscriber is None:
        return False
    note("audience.paused", **_named(subscriber), until=until.isoformat())
    subscriber.paused_until = until
    subscriber.save(update_fields=["paused_until"])
    rows = Subscription.objects.filter(subscriber_id=subscriber.pk)
    move_many(rows, SUBSCRIPTION, SubscriptionStatus.ACTIVE, SubscriptionStatus.PAUSED, actor=actor)
    return True


@transaction.atomic
def go_on(*, actor: Actor, subscriber_id: int) -> bool:
    """End a pause. False where there was none."""
    subscriber = locked(subscriber_id)
    if subscriber is None or subscriber.paused_until is None:
        return False
    note("audience.went_on", **_named(subscriber))
    _go_on(actor, [subscriber.pk])
    return True


def _go_on(actor: Actor, ids: Sequence[int]) -> None:
    Subscriber.objects.filter(pk__in=ids).update(paused_until=None)
    rows = Subscription.objects.filter(subscriber_id__in=ids)
    move_many(rows, SUBSCRIPTION, SubscriptionStatus.PAUSED, SubscriptionStatus.ACTIVE, actor=actor)


@transaction.atomic
def go_on_due(*, now: datetime) -> int:
    """End a batch of the pauses whose time is over; returns how many."""
    due = Subscriber.objects.filter(paused_until__lte=now, left_at__isnull=True).order_by("pk")
    rows = due.select_for_update(skip_locked=True, no_key=True)
    ids = list(rows.values_list("pk", flat=True)[:BATCH])
    if ids:
        _go_on(Actor.system("audience.go_on_due"), ids)
    return len(ids)


@transaction.atomic
def move_browser(*, actor: Actor, old_endpoint: str, to: str) -> bool:
    """A browser whose push service gave it a new subscription goes on with that, as it was.

    Whoever knows the old endpoint is that browser: nobody else was ever told it. False where it got nothing,
    or the new one gets alerts already. Raises `InvalidAddress`.
    """
    channel = AudienceChannel.WEB_PUSH
    address = addresses.normalise(channel, to)
    old_key, key = numbers.key_of(channel, old_endpoint), numbers.key_of(channel, address)
    rows = Subscriber.objects.select_for_update(no_key=True).filter(channel=channel, left_at__isnull=True)
    subscriber = rows.filter(to_key=old_key, is_test=False).first()
    if subscriber is None or old_key == key or rows.filter(to_key=key, is_test=False).exists():
        return False
    mine = live_of(subscriber.pk)
    for row in mine:
        row.to, row.to_key = address, key
    Subscription.objects.bulk_update(mine, ["to", "to_key"])
    subscriber.to_key = key
    subscriber.save(update_fields=["to_key"])
    audit.record(actor=actor, action="subscriber.moved", target=subscriber, fields=["to_key"])
    return True


@transaction.atomic
def leave(*, actor: Actor, subscriber_ids: Iterable[int]) -> int:
    """End everything of these subscribers and forget their addresses; returns how many there were.

    What else was begun for a system that leaves is over too, and first: verifying locks in that order.
    """
    rows = Subscriber.objects.filter(pk__in=list(subscriber_ids), left_at__isnull=True).order_by("pk")
    systems = rows.filter(channel=AudienceChannel.WEBHOOK, is_test=False)
    void_sign_ups_of(systems.values_list("to_key", flat=True))
    left = list(rows.select_for_update(no_key=True).values_list("pk", "channel", "to_key", "is_test"))
    ids = [pk for pk, *_ in left]
    for _, channel, to_key, is_test in left:
        note("audience.left", channel=channel, to_key=to_key, is_test=int(is_test))
    if ids:
        mine = Subscription.objects.filter(subscriber_id__in=ids)
        move_many(mine, SUBSCRIPTION, LIVE, _LEFT, actor=actor, changes=_GONE)
        changes = {"left_at": timezone.now(), "to_key": "", "paused_until": None}
        Subscriber.objects.filter(pk__in=ids).update(**changes)
        _end_systems(actor, ids)
    return len(ids)


def void_sign_ups_of(endpoint_keys: Iterable[str]) -> int:
    """Ask these systems no more, by whomever they were signed up; returns how many sign-ups that ended."""
    return void_sign_ups(SystemSignUp.objects.filter(endpoint_key__in=list(endpoint_keys)))


def void_sign_ups(rows: QuerySet[SystemSignUp]) -> int:
    """Empty those of these that wait: nobody is asked by them any more, and their page is closed."""
    return (
        rows.filter(verified_at__isnull=True)
        .exclude(contact="")
        .update(
            **dict.fromkeys(("endpoint", "contact", "name", "secret", "challenge"), ""),
            next_ask_at=None,
            expires_at=timezone.now(),
        )
    )


def _end_systems(actor: Actor, ids: Sequence[int]) -> None:
    """Of those that were systems secrets and contact go too, and rehearsals end with them."""
    rows = PartnerSystem.objects.filter(subscriber_id__in=ids)
    testers = list(rows.filter(tester__isnull=False).values_list("tester_id", flat=True))
    if rows.update(contact="", secret="", old_secret="", old_secret_until=None) and testers:
        leave(actor=actor, subscriber_ids=testers)


def _named(subscriber: Subscriber) -> dict[str, str | int]:
    """For the ledger: a restored database must not write to whoever wanted nothing any more."""
    return {
        "channel": subscriber.channel,
        "to_key": subscriber.to_key,
        "is_test": int(subscriber.is_test),
    }
