"""What a clock is to a board: data, so that one query counts them all.

A clock is *kept* where it was met by its time; *missed* where it was met later, or was not met when it ended
or is not met now, and its time is over; *running* where its time is still to come; *no longer owed* where it
ended before its time without being met. Exactly one of the four is true of every row. An end counts once it
is past.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import DateTimeField, Model, QuerySet, Value
from django.db.models.functions import Cast

from foundation.actors import Actor

NOTHING = Value("")
NEVER = Cast(Value(None), DateTimeField())


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one table that run a clock. Expressions are names of columns or expressions of the ORM.

    `due` is the column that an index leads by, and the time is over `after` it. `force` and `charity` lead to
    the organisation whose clock it is; a side that is empty never reads the clock. `record` leads to the key
    that `Clock.seen` answers.
    """

    of: Callable[[], QuerySet[Any]]
    due: str
    met: Any = NEVER
    ended: Any = NEVER
    started: Any = NEVER
    after: timedelta = timedelta(0)
    group: Any = NOTHING
    force: str = ""
    charity: str = ""
    record: str = "incident_id"


@dataclass(frozen=True, slots=True)
class Clock:
    """One kind of clock. `means` says for readers what is counted, from when to when.

    `groups` is what its rows are told apart by within one organisation ("Team"); empty where by nothing.
    `labels` are the words of the values of the group. Where `fewest` is not 0 a force and the national unit
    read a confidential service's clock: no number below it, no group, and never a record. Clocks of the same
    `of_same` run on the same records, so that a number of one may give away one of the other;
    of one that is `known_to_force` a force reads on each record how it stands.
    `seen` finds those of its records that somebody may open.
    """

    key: str
    label: str
    means: str
    rows: tuple[Rows, ...]
    groups: str = "Team"
    labels: Mapping[str, str] = field(default_factory=dict)
    fewest: int = 0
    of_same: str = ""
    known_to_force: bool = False
    seen: Records | None = None

    def label_of(self, group: str) -> str:
        """The words of a group."""
        return self.labels.get(group, group) or "No team recorded"


@dataclass(frozen=True, slots=True)
class Records:
    """The records of one model: of the keys that are given, those that an actor may open."""

    model: type[Model]
    of: Callable[[Actor], QuerySet[Any]]
    page: str
    is_list: bool = False  # the page is that of all of them


@dataclass(frozen=True, slots=True)
class Record:
    """A record that somebody may open."""

    reference: str
    address: str
