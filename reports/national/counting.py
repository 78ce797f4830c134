"""What the return counts: kept cells, and how often each person was reported, which no cell can hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from missingcases.enums import IncidentStatus
from missingcases.models import Incident
from reports.cells import reading
from reports.national.declared import FAMILIES
from reports.periods import Period
from reports.scope import Scope

Values = tuple[str, ...]
# How often somebody was reported within the year.
TIMES: tuple[tuple[str, int, int | None], ...] = (
    ("Once", 1, 1),
    ("Twice", 2, 2),
    ("3 to 5 times", 3, 5),
    ("6 to 10 times", 6, 10),
    ("More than 10 times", 11, None),
)


@dataclass(frozen=True, slots=True)
class Counted:
    """Counts of families by the values of their dimensions; people and incidents by how often."""

    families: Mapping[str, Mapping[Values, int]]
    repeats: Mapping[str, tuple[int, int]]


def counted(scope: Scope, year: Period) -> Counted:
    """The counts of a force, or of all, in a year. Two statements over cells, one over the year's rows."""
    found = reading.counts(FAMILIES, period=year, force_id=scope.force_id)
    families: dict[str, dict[Values, int]] = defaultdict(dict)
    for name in FAMILIES:
        families[name] = {values: count for (values, _), count in found.rows(name).items()}
    return Counted(families, _repeats(scope, year))


def incidents_of(scope: Scope, year: Period) -> QuerySet[Incident]:
    """The incidents that the return is of: reported in the year, and not cancelled."""
    rows = Incident.objects.filter(reported_at__gte=year.starts_at, reported_at__lt=year.ends_at)
    rows = rows.exclude(status=IncidentStatus.CANCELLED).order_by()
    return rows if scope.force_id is None else rows.filter(owner_id=scope.force_id)


def _repeats(scope: Scope, year: Period) -> dict[str, tuple[int, int]]:
    each = incidents_of(scope, year).values("person_id").annotate(times=Count("pk")).values_list("times")
    by_times: dict[int, int] = defaultdict(int)
    for (times,) in each.iterator(chunk_size=20_000):
        by_times[times] += 1
    return {
        label: (
            sum(count for times, count in by_times.items() if _within(times, least, most)),
            sum(times * count for times, count in by_times.items() if _within(times, least, most)),
        )
        for label, least, most in TIMES
    }


def _within(times: int, least: int, most: int | None) -> bool:
    return least <= times and (most is None or times <= most)
