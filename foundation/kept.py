"""How a service says what becomes of what it keeps about people: at a merge, when they ask, and in the end.

Read by way of `foundation.contributions`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from foundation.actors import Actor

if TYPE_CHECKING:
    from foundation.schedules import Schedule


@dataclass(frozen=True, slots=True)
class Merge:
    """How the rows of `model` follow when the record behind `key` is merged into another.

    `run(keep_id, gone_id, actor)` points the rows at the kept record and returns how many it moved; it
    runs in the transaction of the merge. Without one they stay with the merged record, as `rule` says.
    Whoever undoes a merge puts rows back as they were; `undone(keep_id, gone_id, actor)` then puts right
    what follows from them. Rows that are `made_anew` from others are neither kept nor put back: `run` and
    `undone` make them, once all else is in its place.
    """

    model: str
    key: str
    rule: str
    run: Callable[[int, int, Actor], int] | None = None
    undone: Callable[[int, int, Actor], None] | None = None
    made_anew: bool = False


@dataclass(frozen=True, slots=True)
class SubjectRecord:
    """One record held about a person, for their access request: plain fields, in words.

    `row_id` tells it from others of its model; `file` is where a file of it lies (`foundation.files`).
    """

    title: str
    at: datetime
    fields: tuple[tuple[str, str], ...]
    withheld: str = ""
    row_id: int = 0
    file: str = ""
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class SubjectAccess:
    """What `model` holds about a person through `key`.

    `select(ids, actor)` gets the ids that `key` points to and answers for the actor's own controller.
    """

    model: str
    key: str
    select: Callable[[Sequence[int], Actor], Sequence[SubjectRecord]]


@dataclass(frozen=True, slots=True)
class Retention:
    """How long `model` is kept, in words with its source, and what machinery does about it.

    `due(now)` answers the ids whose time (`keep`) is over, for a person to look at; where there is an
    `erase(ids, actor)` it may be run on them without anybody and returns how many were erased. A rule
    with neither is a person's to apply.

    `whose` is the path to the organisation that answers for a row: its legal holds keep it; without one
    anybody's do. `anonymise(incident_ids)` clears what the service keeps in words about incidents that two
    people have anonymised; `needs(incident_ids)` names those of which something whole is needed still.
    `schedule`: the organisation sets the period itself, and two people have what is over erased.
    """

    model: str
    key: str
    rule: str
    keep: timedelta | None = None
    due: Callable[[datetime], Sequence[int]] | None = None
    erase: Callable[[Sequence[int], Actor], int] | None = None
    whose: str = ""
    anonymise: Callable[[Sequence[int]], None] | None = None
    needs: Callable[[Sequence[int]], Sequence[int]] | None = None
    schedule: Schedule | None = None
