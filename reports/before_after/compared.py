"""What a comparison says. Without the libraries that work it out, which no page needs."""

from __future__ import annotations

from dataclasses import dataclass

from reports.before_after.cohort import WINDOW_DAYS

# Suppress n < 10 (P), domain.md section 6; below as many incidents the sandwich is not to be trusted either.
FEWEST = 10


@dataclass(frozen=True, slots=True)
class Ratio:
    """A rate ratio with its 95% interval; 1 is no difference."""

    value: float
    low: float
    high: float

    @property
    def spans_one(self) -> bool:
        """Whether "no difference" is among what the data allow."""
        return self.low <= 1 <= self.high


@dataclass(frozen=True, slots=True)
class Side:
    """A group's incidents and days at risk. Of the comparison they are weighed to be as the offered are."""

    children: int
    before: float
    before_days: float
    after: float
    after_days: float

    @property
    def before_rate(self) -> float:
        """Incidents in 90 days at risk, before."""
        return WINDOW_DAYS * self.before / self.before_days

    @property
    def after_rate(self) -> float:
        """Incidents in 90 days at risk, after."""
        return WINDOW_DAYS * self.after / self.after_days


@dataclass(frozen=True, slots=True)
class Answer:
    """What can be said. A figure that the data cannot bear is None; `verdict` says which that is, and why."""

    verdict: str
    offered: int
    matched: int
    comparators: int
    offered_side: Side | None = None
    comparison_side: Side | None = None
    naive: Ratio | None = None
    anyway: Ratio | None = None
    fair: Ratio | None = None
