"""What is asked for, and what every maker is told: the ask, the forces, and one case. Pure shapes."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from foundation.references import ALPHABET
from foundation.sheets import Sheet
from missingcases.made.checking import Measure

CHUNK = 4000


@dataclass(frozen=True, slots=True)
class Ask:
    """So many incidents up to `end`, by one seed; of one force by its code, or of all."""

    incidents: int
    seed: int
    end: datetime
    force: str | None = None


@dataclass(frozen=True, slots=True)
class Force:
    """One force: who records and decides, its area, and (area, authority) of each of its districts."""

    pk: int
    code: str
    share: float
    officer_id: int
    supervisor_id: int
    inspector_id: int
    area_id: int | None
    districts: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Person:
    """One person record, as incidents and services need it."""

    pk: int
    force: Force
    given: str
    family: str
    sex: str
    born: date | None
    age_thought: int | None
    thought_on: date | None
    phone: str
    address: str
    is_child: bool
    is_cared_for: bool
    district: int
    placed_in: int
    flags: tuple[tuple[str, str], ...]
    first_at: datetime


@dataclass(slots=True)
class Case:
    """One incident as it stands at the end, with what led there. Moments are UTC; None has not been."""

    key: int
    who: Person
    nth: int
    previous: int | None
    following: int | None
    following_at: datetime | None
    is_third_in_month: bool
    reported_at: datetime
    last_seen_at: datetime
    age: int | None
    is_child: bool
    authority_id: int | None
    host_id: int | None
    area_id: int | None
    is_restricted: bool
    status: str = "reported"
    risk: str = ""
    gradings: list[tuple[datetime, str, str]] = field(default_factory=list)
    located_at: datetime | None = None
    found_by: str = ""
    returned_at: datetime | None = None
    identified_at: datetime | None = None
    interviewed_at: datetime | None = None
    closed_at: datetime | None = None
    outcome: str = ""
    harm: tuple[str, ...] = ()
    death_type: str = ""
    place_found: str = ""
    distance_km: str | None = None
    disclose: str = ""
    cancel_reason: str = ""
    duplicate_of: int | None = None
    came_from: Force | None = None
    long_term_at: datetime | None = None
    review_agreed_at: datetime | None = None
    moves: int = 1

    @property
    def force(self) -> Force:
        """The owner."""
        return self.who.force

    @property
    def graded_at(self) -> datetime | None:
        """When it was first graded."""
        return self.gradings[0][0] if self.gradings else None

    @property
    def ended_at(self) -> datetime | None:
        """When the person was no longer looked for."""
        return self.located_at or (self.closed_at if self.cancel_reason else None)

    @property
    def is_dead(self) -> bool:
        """Whether they were found dead."""
        return self.outcome == "located_deceased"

    def updated_at(self) -> datetime:
        """The last thing that happened to the row."""
        last = [at for at, _, _ in self.gradings[-1:]]
        moments = (self.located_at, self.returned_at, self.interviewed_at, self.closed_at, self.long_term_at)
        return max([self.reported_at, *last, *(at for at in moments if at is not None)])

    def was_open_at(self, at: datetime) -> bool:
        """Whether the person was looked for at that moment."""
        return self.reported_at <= at and (self.ended_at is None or at < self.ended_at)


Pages = Mapping[str, Sheet]
# Given one case and the chances of its own maker, writes the rows of one service for it.
Writes = Callable[[Case, random.Random, Pages], None]


@dataclass(frozen=True)
class Service:
    """What one service adds. `prepare` makes what its rows lean on and says how a case is written.

    `sheets` makes its empty pages anew; `left_out` names, by model label, what has a key to a person or an
    incident and is not made, with the reason. `measures` hold what is made against what is stated of it.
    """

    name: str
    sheets: Callable[[], Sequence[Sheet]]
    prepare: Callable[[Ask], Writes]
    left_out: Mapping[str, str] = field(default_factory=dict)
    measures: Sequence[Measure] = ()


def label(sheet: Sheet) -> str:
    """What a page is found by: the model's label."""
    return str(sheet.model._meta.label)


def reference(prefix: str, number: int) -> str:
    """The reference of the n-th row: no two alike, and in no order that shows."""
    mixed = (number * 0x9E3779B1 + 0x5BD1E995) % (1 << 40)
    return f"{prefix}-" + "".join(ALPHABET[mixed >> shift & 31] for shift in range(35, -1, -5))


def often(chance: random.Random, share: float) -> bool:
    """Whether something happens that happens in this share of cases."""
    return chance.random() < share


def hours(chance: random.Random, least: float, most: float) -> timedelta:
    """A length of time between so many hours, in whole seconds."""
    return timedelta(seconds=int(chance.uniform(least, most) * 3600))
