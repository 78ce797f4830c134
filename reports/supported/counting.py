"""How many closed incidents were supported, by which services together.

An incident is one row of exactly one set of services, so that sums over sets count it once.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from reports.asking import area_ids
from reports.cells import reading
from reports.cells.reading import Counts
from reports.periods import Period
from reports.scope import Scope
from reports.supported.delivered import ORDER
from reports.supported.keeping import TOGETHER, as_kept

Services = frozenset[str]


@dataclass(frozen=True, slots=True)
class Closures:
    """Incidents closed in a period, by the set of services delivered before they were located."""

    sets: Counter[Services]

    @property
    def closed(self) -> int:
        """Every incident that was closed."""
        return sum(self.sets.values())

    @property
    def supported(self) -> int:
        """Those with a service at least."""
        return self.closed - self.sets[frozenset()]

    def with_service(self, service: str) -> int:
        """Those that one service was delivered to, whatever else was."""
        return sum(count for one, count in self.sets.items() if service in one)

    def with_number(self, number: int) -> int:
        """Those that exactly so many services were delivered to."""
        return sum(count for one, count in self.sets.items() if len(one) == number)


def closures(scope: Scope, period: Period, *, kept: bool = False) -> Closures:
    """The closures of a force, or of all, in a period; `kept` of a year as it was first counted."""
    if kept:
        return closures_of(as_kept(period, scope.force_id))
    areas = area_ids(scope, on=period.start)
    return closures_of(reading.counts([TOGETHER], period=period, force_id=scope.force_id, areas=areas))


def closures_of(found: Counts) -> Closures:
    """Those among what was counted."""
    sets: Counter[Services] = Counter()
    for (values, _), count in found.rows(TOGETHER).items():
        sets[frozenset(one for one in values[0].split("+") if one in ORDER)] += count
    return Closures(sets)
