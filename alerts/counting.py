"""How many an alert would reach, by area and channel: the audience's kept counts, never a count of people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from alerts.enums import AudienceChannel
from alerts.models import ChildRescueAlert
from alerts.planning import counts_of
from foundation.places.models import Area


@dataclass(frozen=True, slots=True)
class AreaCount:
    """One area with how many are told there, channel by channel."""

    name: str
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class AudienceCount:
    """The audience of some areas. Somebody who asked for two of them is counted in each."""

    areas: tuple[AreaCount, ...]
    totals: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(count for _, count in self.totals)


def audience_of(alert: ChildRescueAlert, area_ids: Sequence[int]) -> AudienceCount:
    """Who would be told: test subscribers alone where it is a rehearsal."""
    found: dict[int, dict[AudienceChannel, int]] = defaultdict(lambda: defaultdict(int))
    for bucket in counts_of(alert, area_ids, now=timezone.now()) if area_ids else []:
        found[bucket.area_id][AudienceChannel(bucket.channel)] += bucket.active
    used = tuple(one for one in AudienceChannel if any(one in row for row in found.values()))
    names = dict(Area.objects.filter(pk__in=list(found)).values_list("pk", "name"))
    rows = [AreaCount(names[pk], _by_channel(row, used)) for pk, row in found.items()]
    total = {one: sum(row.get(one, 0) for row in found.values()) for one in used}
    return AudienceCount(tuple(sorted(rows, key=lambda row: row.name)), _by_channel(total, used))


def _by_channel(
    counts: Mapping[AudienceChannel, int], used: Sequence[AudienceChannel]
) -> tuple[tuple[str, int], ...]:
    return tuple((str(one.label), counts.get(one, 0)) for one in used)
