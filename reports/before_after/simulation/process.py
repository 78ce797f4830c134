"""How made children go missing, day by day: heavy-tailed, in bad times, and soonest after a return. Pure.

Shapes follow domain.md section 9: incidents a child are negative binomial with a heavy tail, over half of
first repeats come within four weeks; times in which a child goes missing much oftener come and go.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

HISTORY, PERIOD, FOLLOWED = 365, 180, 91
DAYS = HISTORY + PERIOD + FOLLOWED
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Children:
    """What is known of them, and what is not: `rate` a day outside bad times, and the bad times."""

    rate: npt.NDArray[np.float64]
    looked_after: Flags
    sex: npt.NDArray[np.int64]
    age: npt.NDArray[np.int64]
    missing: Flags  # child by day: reported missing that day
    bad: Flags  # child by day


@dataclass(frozen=True, slots=True)
class Habits:
    """How a place's children go missing."""

    mean_rate: float = 0.0009
    shape: float = 0.5
    looked_after: float = 0.15
    looked_after_times: float = 2.5
    bad_times_begin: float = 1 / 250
    bad_times_end: float = 1 / 12
    bad_times: float = 30.0
    again: float = 4.0  # times the rate on the day after a return, fading over four weeks
    fades_over: float = 8.0
    at_most: float = 0.35


def made(chance: np.random.Generator, count: int, habits: Habits) -> Children:
    """So many children over `DAYS` days."""
    looked_after = chance.random(count) < habits.looked_after
    rate = chance.gamma(habits.shape, habits.mean_rate / habits.shape, count)
    rate = np.where(looked_after, rate * habits.looked_after_times, rate)
    missing = np.zeros((count, DAYS), dtype=bool)
    bad = np.zeros((count, DAYS), dtype=bool)
    steady = habits.bad_times_begin / (habits.bad_times_begin + habits.bad_times_end)
    now_bad = chance.random(count) < steady
    last = np.full(count, -1000.0)
    for day in range(DAYS):
        turn = chance.random(count)
        now_bad = np.where(now_bad, turn >= habits.bad_times_end, turn < habits.bad_times_begin)
        since = day - last
        again = 1 + (habits.again - 1) * np.exp(-(since - 1) / habits.fades_over)
        chances = np.minimum(rate * np.where(now_bad, habits.bad_times, 1) * again, habits.at_most)
        gone = chance.random(count) < chances
        missing[:, day], bad[:, day] = gone, now_bad
        last = np.where(gone, day, last)
    return Children(
        rate, looked_after, chance.integers(0, 2, count), chance.integers(0, 4, count), missing, bad
    )
