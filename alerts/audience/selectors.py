"""How many get alerts, where and by what way: kept counts, so that nothing is counted when it is asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Exists, Max, OuterRef, Prefetch, QuerySet, Sum

from alerts.audience.enums import SubscriptionStatus
from alerts.audience.models import (
    Bucket,
    ListImport,
    MonthFigures,
    PartnerSystem,
    Subscriber,
    Subscription,
)
from alerts.audience.policies import may_manage
from alerts.enums import AudienceChannel
from foundation.actors import Actor
from foundation.exceptions import NotVisible

# The areas chosen, all that lies within them, and all that they lie within on that day: who asked for all of
# London gets an alert for Lambeth.
_TOUCHED = """
WITH RECURSIVE link(child, parent) AS (
    SELECT child_id, parent_id FROM places_areaparent
    WHERE (starts_on IS NULL OR starts_on <= %(day)s) AND (ends_on IS NULL OR ends_on > %(day)s)
), down(id) AS (
    SELECT unnest(%(areas)s::bigint[])
    UNION SELECT link.child FROM link JOIN down ON link.parent = down.id
), up(id) AS (
    SELECT unnest(%(areas)s::bigint[])
    UNION SELECT link.parent FROM link JOIN up ON link.child = up.id
)
SELECT id FROM down UNION SELECT id FROM up
"""
_BUCKETS = f"""
SELECT id, area_id, channel, language, active FROM audience_bucket
WHERE area_id IN ({_TOUCHED}) AND is_test = %(is_test)s AND active > 0
ORDER BY area_id, channel, language
"""  # noqa: S608 - all of it is ours


@dataclass(frozen=True, slots=True)
class BucketCount:
    """How many active subscriptions one bucket holds."""

    bucket_id: int
    area_id: int
    channel: str
    language: str
    active: int


def touched_areas(area_ids: Iterable[int], *, on: date) -> list[int]:
    """The areas whose subscribers an alert for `area_ids` concerns on that day."""
    with connection.cursor() as cursor:
        cursor.execute(_TOUCHED, {"areas": list(area_ids), "day": on})
        return sorted(row[0] for row in cursor.fetchall())


def buckets_for(*, area_ids: Iterable[int], on: date, is_test: bool) -> list[BucketCount]:
    """Every bucket that an alert for these areas goes to, with its count; in a fixed order.

    Somebody who asked for two of the areas is counted in each: they get one text all the same.
    """
    with connection.cursor() as cursor:
        cursor.execute(_BUCKETS, {"areas": list(area_ids), "day": on, "is_test": is_test})
        return [BucketCount(*row) for row in cursor.fetchall()]


def watermark() -> int:
    """The highest number of a subscription now: whoever joins later is no part of what is issued now."""
    return Subscription.objects.aggregate(highest=Max("pk"))["highest"] or 0


@dataclass(frozen=True, slots=True)
class AreaCount:
    """How many get the alerts of one area, by way; `counts` stand in the order of the channels asked for."""

    area: str
    kind: str
    counts: tuple[int, ...]
    total: int


def channels_used(*, is_test: bool) -> list[AudienceChannel]:
    """The ways by which anybody gets alerts, in a fixed order."""
    rows = Bucket.objects.filter(is_test=is_test, active__gt=0).values_list("channel", flat=True)
    used = set(rows)
    return [channel for channel in AudienceChannel if channel in used]


def counts_by_area(*, is_test: bool = False) -> list[AreaCount]:
    """Every area that somebody asked for, the most first: sums of kept counts."""
    channels = channels_used(is_test=is_test)
    rows = (
        Bucket.objects.filter(is_test=is_test, active__gt=0)
        .values_list("area__name", "area__kind", "channel")
        .annotate(n=Sum("active"))
    )
    found: dict[tuple[str, str], dict[str, int]] = {}
    for name, kind, channel, n in rows:
        found.setdefault((name, kind), {})[channel] = n
    counted = [
        AreaCount(
            name,
            kind.replace("_", " "),
            tuple(by.get(channel, 0) for channel in channels),
            sum(by.values()),
        )
        for (name, kind), by in found.items()
    ]
    return sorted(counted, key=lambda one: (-one.total, one.area))


def months(*, most: int = 24) -> QuerySet[MonthFigures]:
    """What became of the audience month by month, the newest first."""
    return MonthFigures.objects.order_by("-month", "channel")[:most]


def testers(actor: Actor) -> QuerySet[Subscriber]:
    """Those who get rehearsals, for whoever looks after the audience. Their addresses are not shown."""
    if may_manage(actor) is not None:
        return Subscriber.objects.none()
    rows = Subscriber.objects.filter(is_test=True, left_at__isnull=True)
    return rows.prefetch_related("subscriptions__bucket__area").order_by("-pk")


def systems(actor: Actor) -> QuerySet[PartnerSystem]:
    """The partners' systems that get alerts, for whoever looks after the audience; `live` are its places."""
    if may_manage(actor) is not None:
        return PartnerSystem.objects.none()
    live = Subscription.objects.exclude(status=SubscriptionStatus.LEFT).select_related("bucket__area")
    rows = PartnerSystem.objects.filter(subscriber__left_at__isnull=True).select_related("subscriber")
    rehearses = Subscriber.objects.filter(pk=OuterRef("tester_id"), left_at__isnull=True)
    places = Prefetch("subscriber__subscriptions", queryset=live, to_attr="live")
    return rows.annotate(rehearses=Exists(rehearses)).prefetch_related(places).order_by("name", "pk")


def lists_visible_to(actor: Actor) -> QuerySet[ListImport]:
    """The partners' lists of the actor's charity."""
    if may_manage(actor) is not None:
        return ListImport.objects.none()
    return ListImport.objects.filter(organisation_id=actor.organisation_id or 0)


def list_named(actor: Actor, reference: str) -> ListImport:
    """One list. Raises `NotVisible`."""
    found = lists_visible_to(actor).filter(reference=reference).first()
    if found is None:
        raise NotVisible(reference)
    return found
