"""Holding made data against what was stated: each measure beside its figure, and how far it is off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from django.db import connection

# Fewer cases than these say nothing.
LEAST = 100
# Chance alone moves a measure by so many standard errors once in some hundred thousand.
CHANCE = 4.4


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure. `sql` answers with one row: the measure, how many cases, and their standard deviation.

    A share of cases gives no deviation (NULL). `stated` and `off` are in the measure's own unit; what chance
    does to so many cases is allowed for besides. `source` is where the figure is stated.
    """

    name: str
    stated: float
    off: float
    sql: str
    source: str = "G"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was measured; `value` is None where there are too few cases to say."""

    measure: Measure
    value: float | None
    cases: int
    allowed: float

    @property
    def deviation(self) -> float | None:
        """Measured less stated."""
        return None if self.value is None else self.value - self.measure.stated

    @property
    def holds(self) -> bool:
        """Whether it lies within what is allowed, or nothing can be said."""
        return self.deviation is None or abs(self.deviation) <= self.allowed


def find(measures: Sequence[Measure]) -> list[Finding]:
    """Measure them all, in order."""
    return [_find(one) for one in measures]


def _find(measure: Measure) -> Finding:
    with connection.cursor() as cursor:
        cursor.execute(measure.sql)
        value, cases, spread = cursor.fetchone()
    cases = int(cases or 0)
    if value is None or cases < LEAST:
        return Finding(measure, None, cases, measure.off)
    value = float(value)
    if spread is None:
        spread = sqrt(max(measure.stated * (1 - measure.stated), 0.0))
    return Finding(measure, value, cases, measure.off + CHANCE * float(spread) / sqrt(cases))


def lines(findings: Sequence[Finding]) -> list[str]:
    """A table in plain text: measure, stated, made, deviation, what is allowed, cases."""
    found = [f"{'measure':<52}{'stated':>10}{'made':>10}{'off by':>10}{'allowed':>10}{'cases':>12}"]
    for one in findings:
        head = f"{one.measure.name:<52}{one.measure.stated:>10.4g}"
        if one.value is None or one.deviation is None:
            found.append(f"{head}{'too few':>10}{'':>20}{one.cases:>12,}")
            continue
        mark = "" if one.holds else "  <- outside"
        found.append(
            f"{head}{one.value:>10.4g}{one.deviation:>+10.3g}{one.allowed:>10.3g}{one.cases:>12,}{mark}"
        )
    return found
