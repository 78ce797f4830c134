"""How many get alerts, where and by what way: kept counts, so that nothing is counted when it is asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Max

from alerts.audience.models import Bucket, Subscription

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
    rows = Bucket.objects.filter(area_id__in=touched_areas(area_ids, on=on), is_test=is_test, active__gt=0)
    names = ("id", "area_id", "channel", "language", "active")
    return [BucketCount(*row) for row in rows.order_by("area_id", "channel", "language").values_list(*names)]


def watermark() -> int:
    """The highest number of a subscription now: whoever joins later is no part of what is issued now."""
    return Subscription.objects.aggregate(highest=Max("pk"))["highest"] or 0
