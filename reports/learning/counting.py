"""Counting the gradings of incidents, every one in its order, beside how the incidents ended.

One statement: an incident is its path of levels and its result, and equal ones are counted together. There
are few different paths, so that all tables are made of them without reading an incident twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection

from missingcases.enums import Outcome, RiskLevel
from reports.learning.outcomes import RESULT_SQL, SERIOUS_HARM, UNGRADED
from reports.periods import Period
from reports.scope import Scope

_PATHS = """WITH reported AS (
    SELECT i.id, CASE WHEN i.outcome = %(cancelled)s THEN %(cancelled)s ELSE {result} END AS result
    FROM missingcases_incident i WHERE i.reported_at >= %(start)s AND i.reported_at < %(end)s{force}),
graded AS (
    SELECT r.id, r.result,
        COALESCE(
            array_agg(a.level ORDER BY a.assessed_at, a.id) FILTER (WHERE a.id IS NOT NULL), '{{}}'
        ) AS path,
        min(a.assessed_at) FILTER (WHERE a.level <> %(absent)s) - min(a.assessed_at) AS wait
    FROM reported r
    LEFT JOIN missingcases_riskassessment a ON a.incident_id = r.id AND r.result <> %(cancelled)s
    GROUP BY r.id, r.result)
SELECT path, result, count(*), array_agg(wait) FILTER (WHERE path[1] = %(absent)s AND wait IS NOT NULL)
FROM graded GROUP BY path, result"""
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paths:
    """Incidents of a period by (path of levels, result). Cancelled ones are left out and counted apart.

    `waits` is how long each absence that was upgraded had been graded absent before, the shortest first.
    """

    counts: Counter[tuple[Path, str]]
    cancelled: int
    waits: list[timedelta]

    @property
    def total(self) -> int:
        """All that are counted."""
        return sum(self.counts.values())

    def by(self, level_of: Callable[[Path], str | None]) -> Counter[tuple[str, str]]:
        """Counts by (level, result), the level as `level_of` reads it from a path; None leaves it out."""
        found: Counter[tuple[str, str]] = Counter()
        for (path, result), count in self.counts.items():
            level = level_of(path)
            if level is not None:
                found[level, result] += count
        return found


def paths(scope: Scope, period: Period) -> Paths:
    """Every incident reported in the period. One query."""
    force = "" if scope.force_id is None else " AND i.owner_id = %(force)s"
    counts: Counter[tuple[Path, str]] = Counter()
    waits: list[timedelta] = []
    with connection.cursor() as cursor:
        cursor.execute(_PATHS.format(result=RESULT_SQL, force=force), _given(scope, period))
        for path, result, count, waited in cursor.fetchall():
            counts[tuple(path), result] = count
            waits += waited or ()
    cancelled = counts.pop(((), Outcome.CANCELLED.value), 0)
    return Paths(counts, cancelled, sorted(waits))


def first(path: Path) -> str:
    """The level of the first grading."""
    return path[0] if path else UNGRADED


def last(path: Path) -> str:
    """The level of the last grading."""
    return path[-1] if path else UNGRADED


def highest(path: Path) -> str:
    """The highest level of any grading."""
    order = [RiskLevel.NO_APPARENT, RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.HIGH]
    return max(path, key=lambda level: order.index(RiskLevel(level))) if path else UNGRADED


def was_absent(path: Path) -> bool:
    """Whether it was graded absent, or of no apparent risk, at first."""
    return first(path) == RiskLevel.NO_APPARENT


def was_upgraded(path: Path) -> bool:
    """Whether an absence was later graded missing."""
    return was_absent(path) and any(level != RiskLevel.NO_APPARENT for level in path)


def _given(scope: Scope, period: Period) -> dict[str, Any]:
    return {
        "start": period.starts_at,
        "end": period.ends_at,
        "cancelled": Outcome.CANCELLED.value,
        "absent": RiskLevel.NO_APPARENT.value,
        "serious": list(SERIOUS_HARM),
        "force": scope.force_id,
    }
