"""How many an alert would reach, by area and channel: the audience's kept counts, never a count of people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from alerts.audience.selectors import buckets_for
from alerts.enums import AudienceChannel
from alerts.models import ChildRescueAlert
from foundation.clock import in_london
from foundation.places.models import Area


@dataclass(frozen=True, slots=True)
class AreaCount:
    """One area with how many are told there, by channel in the order of `AudienceCount.channels`."""

    name: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AudienceCount:
    """The audience of some areas. Somebody who asked for two of them is counted in each."""

    channels: tuple[str, ...]
    areas: tuple[AreaCount, ...]
    totals: tuple[int, ...]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.totals)


def audience_of(alert: ChildRescueAlert, area_ids: Sequence[int]) -> AudienceCount:
    """Who would be told: test subscribers alone where it is a rehearsal."""
    today = in_london(timezone.now()).date()
    found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    buckets = buckets_for(area_ids=area_ids, on=today, is_test=alert.is_rehearsal) if area_ids else []
    for bucket in buckets:
        found[bucket.area_id][bucket.channel] += bucket.active
    used = tuple(one for one in AudienceChannel if any(one in row for row in found.values()))
    names = dict(Area.objects.filter(pk__in=list(found)).values_list("pk", "name"))
    rows = [AreaCount(names[pk], tuple(row.get(one, 0) for one in used)) for pk, row in found.items()]
    return AudienceCount(
        channels=tuple(str(one.label) for one in used),
        areas=tuple(sorted(rows, key=lambda row: row.name)),
        totals=tuple(sum(row.get(one, 0) for row in found.values()) for one in used),
    )
