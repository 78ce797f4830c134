"""Periods that organisations set, what two people have erased by them, and whom else one may ask about.

Read by way of `foundation.contributions`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from foundation.accounts.enums import OrganisationKind
from foundation.actors import Actor
from foundation.kept import SubjectAccess


@dataclass(frozen=True, slots=True)
class Schedule:
    """A kind of record of its own, whose period each organisation sets within limits.

    `key` stands in addresses; `title` is what people call the records. Only bodies of `kinds` keep any.
    `keep` holds until somebody sets another period, never under `least` nor over `longest`.
    `ended(organisation_id, before)` answers what ended before then, still has its words and is needed by
    nothing; `erase(ids, actor)` empties the words in the caller's transaction and leaves what is counted.
    """

    key: str
    title: str
    kinds: frozenset[OrganisationKind]
    keep: timedelta
    least: timedelta
    longest: timedelta
    ended: Callable[[int, datetime], Sequence[int]]
    erase: Callable[[Sequence[int], Actor], int]


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody who is no missing person and may ask what is held about them.

    `find(reference, actor)` answers the id of the record of `model` that the actor's organisation holds.
    `records` are asked with that id alone: what is another's, though it hangs on the same record, is not
    in them.
    """

    model: str
    find: Callable[[str, Actor], int | None]
    records: tuple[SubjectAccess, ...]


@dataclass(frozen=True, slots=True)
class ReleaseSource:
    """Records of `label` that something is released from; `about` names those that concern an incident."""

    label: str
    about: Callable[[Sequence[int]], Sequence[int]]
