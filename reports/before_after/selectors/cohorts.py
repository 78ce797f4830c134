"""The cohort of a question: who was to be offered an interview, who is like them, and who is left out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import connection

from missingcases.deadlines import CHILD_UNTIL
from reports.before_after.cohort import Row, age_band, count_band
from reports.before_after.enums import Excluded
from reports.before_after.statements import windows


@dataclass(frozen=True, slots=True)
class Question:
    """Returns from `start` until `end`, of one force or of all, held against whom; `now` is the query's."""

    start: datetime
    end: datetime
    against: str
    now: datetime
    force_id: int | None = None


@dataclass(frozen=True, slots=True)
class Cohort:
    """The rows of both sides; how many children stood at the beginning, and why some are left out."""

    rows: tuple[Row, ...]
    intended: int
    excluded: dict[str, int]


class _Read(NamedTuple):
    """A row as the statement gives it."""

    incident: int
    child: int
    offered: bool
    by_hand: bool
    age: int | None
    sex: str
    looked_after: bool
    risk: str
    scheme: str
    before: int
    after: int
    earlier: int
    recent: bool
    before_days: float
    after_days: float
    followed: bool
    offered_before: bool
    scheme_changed: bool


def cohort(asked: Question) -> Cohort:
    """One statement over the records. Of a child who was offered several the first counts alone."""
    values = {"start": asked.start, "end": asked.end, "now": asked.now, "force": asked.force_id}
    rows: list[Row] = []
    excluded: Counter[str] = Counter()
    intended = 0
    seen: set[tuple[int, object]] = set()
    with connection.cursor() as cursor:
        cursor.execute(windows(asked.against), values)
        for one in cursor:
            read = _Read(*one)
            intended += read.offered
            why = _excluded(read)
            if why is not None:
                excluded[why] += read.offered
                continue
            row = _row(read)
            # One with the same history is enough of a child who was not offered any.
            if row.offered or (row.child, row.alike) not in seen:
                seen.add((row.child, row.alike))
                rows.append(row)
    return Cohort(tuple(rows), intended, {why: count for why, count in excluded.items() if count})


def _excluded(read: _Read) -> str | None:
    reasons = (
        (Excluded.NOT_A_CHILD, read.age is None or read.age >= CHILD_UNTIL),
        (Excluded.BY_HAND, read.by_hand),
        (Excluded.NOT_FOLLOWED, not read.followed),
        (Excluded.OFFERED_BEFORE, read.offered_before),
        (Excluded.SCHEME_CHANGED, read.scheme_changed),
        (Excluded.NOT_AT_RISK, min(read.before_days, read.after_days) < 1),
    )
    return next((why for why, holds in reasons if holds), None)


def _row(read: _Read) -> Row:
    alike = (
        age_band(read.age or 0), read.sex, read.looked_after, read.risk, read.scheme,
        count_band(read.before), read.recent,
    )  # fmt: skip
    return Row(
        read.child, read.offered, alike, read.before, float(read.before_days), read.after,
        float(read.after_days), max(read.earlier, 0),
    )  # fmt: skip
