"""How an alert to so many would go: who is reached by when, and what holds it up. Pure: seconds.

No figure here is a promise. The provider's agreed rate comes from its contract, a worker's from `dev.py bench
alert` on the machines that are meant (docs/alert-capacity.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

MARKS = (1, 10, 60, 300, 900, 1800, 3600, 2 * 3600, 4 * 3600, 12 * 3600, 24 * 3600)
SHARES = (0.5, 0.9, 0.99, 1.0)
# A provider keeps what it cannot pass on for so long, then drops it (speed.md: a ten-hour queue).
QUEUE = timedelta(hours=10)
# An alert runs out after so long (domain.md section 5).
LASTS = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be gone through. `rates`: parts a second of each line, less what is kept back.

    `worker_rate`: messages a second that one worker process hands over when nothing paces it.
    """

    channel: str
    audience: int
    segments: int
    rates: tuple[float, ...]
    worker_rate: float
    workers: int
    first_after: float = 0.3

    @property
    def line_rate(self) -> float:
        """Messages a second that the lines take, all together."""
        return sum(self.rates) / self.segments

    @property
    def hand_over_rate(self) -> float:
        """Messages a second that the workers hand over at most."""
        return self.worker_rate * self.workers

    @property
    def rate(self) -> float:
        """What comes out: the narrower of the two."""
        return min(self.line_rate, self.hand_over_rate)


@dataclass(frozen=True, slots=True)
class Mark:
    """So many handed over by `after` seconds."""

    after: float
    reached: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """What comes of a plan. `held_by` names the narrowest place; `workers_for_lines` would not hold it up."""

    plan: Plan
    marks: tuple[Mark, ...]
    shares: tuple[tuple[float, float], ...]
    takes: float
    held_by: str
    workers_for_lines: int
    warnings: tuple[str, ...]


def simulate(plan: Plan) -> Timeline:
    """The timeline of a plan. Raises `ValueError` where nothing would ever be sent."""
    if plan.segments < 1 or plan.audience < 0 or plan.rate <= 0:
        raise ValueError("An alert needs an audience, a text, a line that sends and a worker.")
    takes = plan.first_after + plan.audience / plan.rate if plan.audience else 0.0
    shares = tuple((share, plan.first_after + plan.audience * share / plan.rate) for share in SHARES)
    return Timeline(
        plan=plan,
        marks=_marks(plan, takes),
        shares=shares,
        takes=takes,
        held_by="lines" if plan.line_rate <= plan.hand_over_rate else "workers",
        workers_for_lines=max(1, -int(-plan.line_rate // plan.worker_rate)),
        warnings=_warnings(plan, takes),
    )


def _marks(plan: Plan, takes: float) -> tuple[Mark, ...]:
    times = [mark for mark in MARKS if mark < takes]
    return tuple(
        Mark(after, min(plan.audience, int(max(0.0, after - plan.first_after) * plan.rate)))
        for after in [*times, takes]
    )


def _warnings(plan: Plan, takes: float) -> tuple[str, ...]:
    found: list[str] = []
    if takes > LASTS.total_seconds():
        found.append("It would not be through before the alert runs out.")
    elif takes > QUEUE.total_seconds():
        found.append("It takes longer than a provider keeps a queue: it would be refused.")
    if plan.hand_over_rate < plan.line_rate:
        found.append("The workers are the narrowest place: start more of them.")
    return tuple(found)


def lines_for(audience: int, segments: int, *, within: timedelta, per_line: float) -> int:
    """How many lines of `per_line` parts a second bring an alert to everybody `within` that time."""
    return max(1, -int(-(audience * segments) // (within.total_seconds() * per_line)))


def rates_of(words: Sequence[str]) -> tuple[float, ...]:
    """Rates as written: ``100`` is one line, ``4x100`` four. Raises `ValueError`."""
    rates: list[float] = []
    for word in words:
        times, _, rate = word.rpartition("x")
        rates += [float(rate)] * (int(times) if times else 1)
    if not rates or any(rate <= 0 for rate in rates):
        raise ValueError("Give rates above nought, such as 100 or 4x100.")
    return tuple(rates)
