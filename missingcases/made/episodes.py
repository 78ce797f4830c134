"""Who is missing when and for how long: every episode of a whole force or country, drawn at once. Pure.

Kept as arrays, some thirty bytes an episode, because an incident's number follows the time of its report
and its history the person: both orders are needed before the first row is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from foundation.clock import in_london
from missingcases.made.stated import (
    AGAIN,
    BY_HOUR,
    CARED_FOR,
    CHILDREN,
    HOURS,
    LATER_MEAN,
    OFTEN_FROM,
    SOON_MEAN,
    SOON_SHARE,
)

Ints = NDArray[np.int64]
# Histories began before the data do, so that the first days are as the last.
WARM = 500
MOST = 300
KINDS = ("adult", "child", "cared")
_MONTH = 30 * 86_400


@dataclass(frozen=True, slots=True)
class Drawn:
    """Arrays. Of episodes, in the order of reports: person, when (seconds of UTC), hours, which time of this
    person, the one before and the one after (index, -1 for none), whether it is at least the third in thirty
    days. Of people,
    in the order of their first report: kind (index of `KINDS`) and how often they are missing.
    """

    person: Any
    at: Any
    hours: Any
    nth: Any
    previous: Any
    following: Any
    third: Any
    kind: Any
    first: Any
    times: Any


def draw(seed: int, incidents: int, *, a_day: float, end: datetime) -> Drawn:
    """`incidents` episodes reported before `end`, so many a day."""
    chance = np.random.default_rng([seed, 1])
    days = incidents / a_day
    start = in_london(end - timedelta(days=days)).date()
    clock = _Clock(datetime(start.year, start.month, start.day, tzinfo=UTC), int(days) + 2)
    wanted = {
        "adult": incidents - round(incidents * CHILDREN),
        "cared": round(incidents * CHILDREN * CARED_FOR),
    }
    wanted["child"] = incidents - sum(wanted.values())
    last = int(end.timestamp()) - 300
    parts = [_of_kind(chance, kind, wanted[kind], days, clock, last) for kind in KINDS]
    return _in_order(parts)


class _Clock:
    """London's wall clock over the days of the data: the last Sundays of March and October among them."""

    def __init__(self, first: datetime, days: int) -> None:
        midnights = [first + timedelta(days=day) for day in range(days + 1)]
        self._start = int(first.timestamp())
        # What the clock is ahead of UTC by at that day's midnight, and from three in the morning on.
        self._night = np.array([_ahead(at) for at in midnights])
        self._day = np.array([_ahead(at + timedelta(hours=3)) for at in midnights])

    def utc(self, chance: Generator, day: Ints, second: Ints) -> Ints:
        """The moment of a wall-clock second of a day. Of the hour that is twice, either."""
        day = np.minimum(day, len(self._day) - 1)
        early, late = self._night[day], self._day[day]
        either = np.where(chance.random(len(day)) < 0.5, early, late)
        ahead = np.where(second < 3600, early, np.where(second < 7200, either, late))
        return np.asarray(self._start + day * 86_400 + second - ahead)


def _ahead(local_midnight: datetime) -> int:
    offset = in_london(local_midnight - timedelta(minutes=30)).utcoffset()
    return int(offset.total_seconds()) if offset else 0


def _of_kind(
    chance: Generator, kind: str, wanted: int, days: float, clock: _Clock, last: int
) -> tuple[Ints, Ints, Any, int]:
    """(person, at, hours) of `wanted` episodes, people numbered from 0; and the index of the kind."""
    people: list[Ints] = []
    moments: list[Ints] = []
    lengths: list[Any] = []
    have = number = 0
    while have < wanted:
        batch = min(max(500, wanted - have), 100_000)
        person, at, hours = _histories(chance, kind, batch, days, clock)
        kept = (at < last) & (at >= clock._start)
        person, at, hours = person[kept], at[kept], hours[kept]
        if have + len(person) > wanted:
            # Whole people as far as they are wanted, and the last one's first times.
            order = np.lexsort((at, person))[: wanted - have]
            person, at, hours = person[order], at[order], hours[order]
        people.append(person + number)
        moments.append(at)
        lengths.append(hours)
        have, number = have + len(person), number + batch
    return np.concatenate(people), np.concatenate(moments), np.concatenate(lengths), KINDS.index(kind)


def _histories(
    chance: Generator, kind: str, people: int, days: float, clock: _Clock
) -> tuple[Ints, Ints, Any]:
    shape, mean = AGAIN[kind]
    left = np.minimum(chance.poisson(chance.gamma(shape, mean / shape, people)), MOST)
    # Whoever is missing very often is so at shorter intervals.
    pace = np.minimum(1.0, OFTEN_FROM / (left + 1.0))
    day = np.floor(chance.uniform(-WARM, days, people)).astype(np.int64)
    person = np.arange(people)
    found: tuple[list[Ints], list[Ints], list[Any]] = ([], [], [])
    while len(person):
        second = _second(chance, len(person))
        hours = _hours(chance, len(person), child=kind != "adult")
        within = day >= 0
        found[0].append(person[within])
        found[1].append(clock.utc(chance, day[within], second[within]))
        found[2].append(hours[within])
        # Nobody is reported again before the day after they were found.
        over = day + ((second + hours * 3600) // 86_400).astype(np.int64) + 1
        soon = chance.random(len(person)) < SOON_SHARE
        wait = (chance.exponential(np.where(soon, SOON_MEAN, LATER_MEAN)) * pace).astype(np.int64)
        more = (left > 0) & (over + wait < days + 1)
        person, day, left, pace = person[more], (over + wait)[more], left[more] - 1, pace[more]
    return np.concatenate(found[0]), np.concatenate(found[1]), np.concatenate(found[2])


def _second(chance: Generator, count: int) -> Ints:
    weights = np.array(BY_HOUR) / sum(BY_HOUR)
    hour = chance.choice(24, size=count, p=weights)
    return np.asarray(hour * 3600 + chance.integers(0, 3600, count))


def _hours(chance: Generator, count: int, *, child: bool) -> Any:
    until = np.array([0.5, *(hours for hours, _ in HOURS[child])])
    shares = np.array([share for _, share in HOURS[child]])
    part = chance.choice(len(shares), size=count, p=shares / shares.sum())
    return (until[part] + (until[part + 1] - until[part]) * chance.random(count)).astype(np.float32)


def _in_order(parts: list[tuple[Ints, Ints, Any, int]]) -> Drawn:
    offsets = np.cumsum([0, *(int(person.max(initial=-1)) + 1 for person, *_ in parts)])
    person = np.concatenate([part[0] + offset for part, offset in zip(parts, offsets, strict=False)])
    at = np.concatenate([part[1] for part in parts])
    hours = np.concatenate([part[2] for part in parts])
    kind = np.concatenate([np.full(len(part[0]), part[3], np.int8) for part in parts])
    order = np.lexsort((person, at))
    person, at, hours, kind = person[order], at[order], hours[order], kind[order]
    _, first, people = np.unique(person, return_index=True, return_inverse=True)
    by_first = np.argsort(first, kind="stable")
    place = np.empty(len(first), np.int32)
    place[by_first] = np.arange(len(first), dtype=np.int32)
    person = place[people]
    first = np.sort(first)
    nth, previous, third = _earlier(person, at)
    following = np.full(len(person), -1, np.int32)
    later = np.flatnonzero(previous >= 0)
    following[previous[later]] = later
    return Drawn(
        person, at, hours, nth, previous, following, third,
        kind=kind[first], first=at[first], times=np.bincount(person).astype(np.int32),
    )  # fmt: skip


def _earlier(person: Any, at: Ints) -> tuple[Any, Any, Any]:
    by_person = np.lexsort((at, person))
    people, when = person[by_person], at[by_person]
    count = np.arange(len(people))
    begins = np.concatenate([[True], people[1:] != people[:-1]])
    nth_there = count - np.maximum.accumulate(np.where(begins, count, 0))
    before = np.concatenate([[-1], by_person[:-1]])
    two_before = np.concatenate([when[:2], when[:-2]])
    nth, previous = np.empty(len(people), np.int32), np.empty(len(people), np.int32)
    third = np.empty(len(people), bool)
    nth[by_person] = nth_there + 1
    previous[by_person] = np.where(begins, -1, before)
    third[by_person] = (nth_there >= 2) & (when - two_before <= _MONTH)
    return nth, previous, third
