"""How a national year is spread: the distributions of domain.md section 9, drawn by one seed. Pure."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate

# UK 2023/24: about 330,000 incidents, so the table of N incidents is that many days old.
A_DAY = 330_000 / 365
CHILD = 0.64
LONDON = 55_000 / 330_000
# Hours missing: (until, share in a hundred). Children, then adults.
HOURS = {
    True: ((8, 43), (16, 20), (24, 16), (48, 11), (168, 8.3), (672, 1.4), (9000, 0.3)),
    False: ((8, 46), (16, 17), (24, 13), (48, 10), (168, 11), (672, 2.3), (20_000, 0.7)),
}
RISKS = (("no_apparent", 10), ("low", 13), ("medium", 63), ("high", 14))
FINDERS = (("own_return", 45), ("police", 30), ("family_friend", 8), ("carer", 7), ("member_of_public", 10))
HARMS = (("none", 963), ("physical_assault", 11), ("self_harm", 11), ("substance", 11), ("sexual_offence", 4))
PLACES = (("home", 40), ("friend", 20), ("street", 20), ("transport", 10), ("hospital", 5), ("other", 5))
# Reports by the hour of the day: few at dawn, most in the evening.
BY_HOUR = (4, 3, 2, 1, 1, 1, 1, 2, 3, 3, 3, 3, 4, 4, 4, 5, 6, 6, 6, 7, 7, 8, 8, 6)
# Incidents of one person: a gamma of chances, so that a few children are missing dozens of times.
TAIL = {True: (0.45, 4.2), False: (0.5, 0.6)}


@dataclass(frozen=True, slots=True)
class Episode:
    """One time somebody is missing: whose, when reported, how long in hours (may end after now)."""

    person: int
    at: datetime
    hours: float


class Drawn:
    """Draws from (value, weight) pairs, quickly."""

    def __init__(self, pairs: Sequence[tuple[object, float]]) -> None:
        self.values = [value for value, _ in pairs]
        self.weights = list(accumulate(weight for _, weight in pairs))

    def by(self, chance: random.Random) -> str:
        """One value."""
        return str(chance.choices(self.values, cum_weights=self.weights)[0])


def episodes(chance: random.Random, rows: int, now: datetime) -> tuple[list[bool], list[Episode]]:
    """Whether each person is a child, and `rows` episodes in the order of their reports."""
    days = rows / A_DAY
    start = (now - timedelta(days=days)).replace(minute=0, second=0, microsecond=0)
    is_child: list[bool] = []
    found: list[Episode] = []
    of_children = 0
    while len(found) < rows:
        # By what there is so far: repeats that would come after today are cut off, children's the most.
        child = of_children < CHILD * len(found)
        times = _times(chance, child, days)
        of_children += len(times) * child
        for at in times:
            found.append(Episode(len(is_child), _moment(chance, start, at, now), _hours(chance, child)))
        is_child.append(child)
    found = found[:rows]
    found.sort(key=lambda one: (one.at, one.person))
    return is_child, found


def _times(chance: random.Random, child: bool, days: float) -> list[float]:
    """Days at which one person is reported: at least once; over half of first repeats within four weeks."""
    shape, scale = TAIL[child]
    more = chance.gammavariate(shape, scale)
    at = chance.random() * days
    times = [at]
    while more > 0 and chance.random() < more / (more + 1):
        at += chance.expovariate(1 / 14) if chance.random() < 0.55 else chance.expovariate(1 / 150)
        if at >= days:
            break
        times.append(at)
    return times


def _moment(chance: random.Random, start: datetime, day: float, now: datetime) -> datetime:
    hour = chance.choices(range(24), weights=BY_HOUR)[0]
    at = start + timedelta(days=int(day), hours=hour, seconds=chance.randrange(3600))
    return min(at, now - timedelta(minutes=chance.randrange(2, 600)))


def _hours(chance: random.Random, child: bool) -> float:
    below = 0.5
    drawn = chance.random() * 100
    for until, share in HOURS[child]:
        if drawn < share:
            return below + (until - below) * chance.random()
        drawn, below = drawn - share, until
    return below
