"""Worlds made and answered many times, and how often the interval held the truth. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from reports.before_after.answer import answer
from reports.before_after.cohort import EARLIER_DAYS, RECENT_DAYS, WINDOW_DAYS, Row, count_band
from reports.before_after.compared import Answer
from reports.before_after.enums import REFUSED
from reports.before_after.simulation.process import DAYS, HISTORY, PERIOD, Children, Flags, made
from reports.before_after.simulation.scenarios import Scenario


@dataclass(frozen=True, slots=True)
class Proof:
    """Over the runs of one scenario: how often the interval held the truth, and what was said on average.

    `error` is the Monte Carlo error of `coverage`, one standard error. Means are of logs, taken back.
    """

    scenario: Scenario
    effect: float
    runs: int
    refused: int
    coverage: float
    error: float
    fair: float
    naive: float
    naive_coverage: float
    anyway: float
    shown: float  # share of runs in which the interval left out "no difference"
    children: float


def prove(scenario: Scenario, *, runs: int, seed: int) -> list[Proof]:
    """Answer `runs` made worlds, once with each effect. The seed makes every run the same again."""
    told: dict[float, list[Answer]] = {effect: [] for effect in scenario.effects}
    for run in range(runs):
        chance = np.random.default_rng([seed, run])
        rows = world(chance, scenario)
        for effect, answers in told.items():
            answers.append(answer(_with_effect(chance, rows, effect, scenario)))
    return [_proof(scenario, effect, answers) for effect, answers in told.items()]


def _proof(scenario: Scenario, effect: float, told: Sequence[Answer]) -> Proof:
    said = [one for one in told if one.verdict not in REFUSED]
    held = _share(_holds(one, effect) for one in said)
    return Proof(
        scenario=scenario,
        effect=effect,
        runs=len(told),
        refused=len(told) - len(said),
        coverage=held,
        error=math.sqrt(held * (1 - held) / len(said)) if said else math.nan,
        fair=_mean([one.fair.value for one in said if one.fair]),
        naive=_mean([one.naive.value for one in said if one.naive]),
        naive_coverage=_share(one.naive.low <= effect <= one.naive.high for one in said if one.naive),
        anyway=_mean([one.anyway.value for one in said if one.anyway]),
        shown=_share(not one.fair.spans_one for one in said if one.fair),
        children=float(np.mean([one.matched for one in said])) if said else 0.0,
    )


def _holds(one: Answer, truth: float) -> bool:
    return one.fair is not None and one.fair.low <= truth <= one.fair.high


def _share(flags: Iterator[bool]) -> float:
    found = list(flags)
    return sum(found) / len(found) if found else math.nan


def _mean(ratios: Sequence[float]) -> float:
    return math.exp(float(np.mean(np.log(ratios)))) if ratios else math.nan


def world(chance: np.random.Generator, scenario: Scenario) -> list[Row]:
    """The rows of one made world in which nothing helps."""
    here = made(chance, scenario.offered_children, scenario.habits)
    there = made(chance, scenario.other_children, scenario.other_habits)
    return [*_referred(here, scenario), *_others(there, scenario)]


def _with_effect(
    chance: np.random.Generator, rows: Sequence[Row], effect: float, scenario: Scenario
) -> list[Row]:
    """Each incident after an offer is prevented or not by itself: the ratio is `effect`, exactly."""
    counted, by_hand = scenario.counted_after, scenario.by_hand
    told = (_thinned(chance, row, effect, counted) if row.offered else row for row in rows)
    return [_by_hand(chance, row, effect, by_hand) if by_hand and not row.offered else row for row in told]


def _by_hand(chance: np.random.Generator, row: Row, effect: float, share: float) -> Row:
    """A comparator who is referred by hand after an incident: those that follow are thinned."""
    first = int(chance.geometric(share))
    if first >= row.after:
        return row
    kept = first + int(chance.binomial(row.after - first, effect))
    return replace(row, after=kept, after_days=WINDOW_DAYS - float(kept))


def _thinned(chance: np.random.Generator, row: Row, effect: float, counted: float) -> Row:
    kept = int(chance.binomial(row.after, effect))
    kept += int(chance.binomial(kept, counted - 1))
    return replace(row, after=kept, after_days=WINDOW_DAYS - float(kept))


def _due(children: Children, threshold: int) -> Flags:
    """The returns of the period, child by day, with so many incidents in the 90 days before."""
    due = children.missing & (_windows(children.missing, WINDOW_DAYS) >= threshold)
    due[:, :HISTORY] = due[:, HISTORY + PERIOD :] = False
    return due


def _referred(here: Children, scenario: Scenario) -> Iterator[Row]:
    due = _due(here, scenario.threshold)
    if scenario.by_worry:
        due &= here.bad
    for child in np.flatnonzero(due.any(axis=1)):
        yield _row(here, int(child), int(child), int(np.argmax(due[child])), offered=True)


def _others(there: Children, scenario: Scenario) -> Iterator[Row]:
    """Every first return of a child in the period with a history of each kind.

    Those with fewer incidents than anybody referred are alike to nobody, and left out at once.
    """
    seen: set[tuple[int, object]] = set()
    for child, day in np.argwhere(_due(there, scenario.threshold)):
        row = _row(there, int(child), scenario.offered_children + int(child), int(day), offered=False)
        if (row.child, row.alike) not in seen:
            seen.add((row.child, row.alike))
            yield row


def _row(children: Children, child: int, name: int, day: int, *, offered: bool) -> Row:
    gone = children.missing[child]
    before = int(gone[day - WINDOW_DAYS : day].sum())
    after = int(gone[day + 1 : day + 1 + WINDOW_DAYS].sum())
    recent = bool(gone[day - RECENT_DAYS : day].any())
    alike = (
        bool(children.looked_after[child]), int(children.sex[child]), int(children.age[child]),
        count_band(before), recent,
    )  # fmt: skip
    earlier = int(gone[max(day - WINDOW_DAYS - EARLIER_DAYS, 0) : day - WINDOW_DAYS].sum())
    return Row(
        name, offered, alike, before, WINDOW_DAYS - float(before), after, WINDOW_DAYS - float(after), earlier
    )


def _windows(missing: Flags, days: int) -> np.ndarray:
    """Of each day, the incidents in so many days before it."""
    sums = np.zeros((len(missing), DAYS + 1), dtype=np.int16)
    np.cumsum(missing, axis=1, out=sums[:, 1:])
    start = np.maximum(np.arange(DAYS) - days, 0)
    return sums[:, :DAYS] - sums[:, start]
