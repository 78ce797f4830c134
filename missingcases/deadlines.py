"""When things are due (domain.md section 1). Pure functions over aware moments; results are UTC.

Hours are real hours. Days, months and years are calendar ones on the London clock, so that a review
due "at 28 days" keeps its wall-clock time across a change of the clocks.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from foundation.clock import in_london, london_to_utc
from missingcases.enums import AppliesTo, ReleaseKind, ReviewKind

CHILD_UNTIL = 18
OTHER_FORCES_WITHIN = timedelta(hours=48)  # [15]
UKMPU_WITHIN = timedelta(hours=72)  # [16]
ANSWER_TRANSFER_WITHIN = timedelta(hours=4)  # (P)
GRADE_AGAIN_WITHIN = timedelta(minutes=30)  # (P)

# How soon the receiver says that it has read a release and acts on it (P); other kinds ask for nothing.
ACKNOWLEDGE_WITHIN: dict[str, timedelta] = {
    ReleaseKind.THREAT_TO_LIFE: timedelta(minutes=30),
    ReleaseKind.CONFIDENCE_BROKEN: timedelta(hours=1),
    ReleaseKind.INTELLIGENCE: timedelta(hours=24),
    ReleaseKind.INTERVIEW_EXTRACT: timedelta(hours=24),
    ReleaseKind.REPORT: timedelta(hours=72),
}

# Long-term reviews follow each other (domain.md section 1, [3]); months after the report.
_MONTHS: dict[str, int] = {ReviewKind.MONTH_3: 3, ReviewKind.MONTH_6: 6, ReviewKind.MONTH_12: 12}
_AFTER: dict[str, ReviewKind] = {
    ReviewKind.DAY_28: ReviewKind.MONTH_3,
    ReviewKind.MONTH_3: ReviewKind.MONTH_6,
    ReviewKind.MONTH_6: ReviewKind.MONTH_12,
    ReviewKind.MONTH_12: ReviewKind.YEARLY,
    ReviewKind.YEARLY: ReviewKind.YEARLY,
}
RISK_CLOCKS: frozenset[str] = frozenset(
    {ReviewKind.ABSENT, ReviewKind.LOW, ReviewKind.SUPERVISOR, ReviewKind.INSPECTOR, ReviewKind.SHIFT}
)
LONG_TERM_CLOCKS: frozenset[str] = frozenset(_AFTER)
# What a risk review is followed by; absences and low risk repeat themselves.
_REPEATS_AS: dict[str, ReviewKind] = {
    ReviewKind.ABSENT: ReviewKind.ABSENT,
    ReviewKind.LOW: ReviewKind.LOW,
    ReviewKind.SUPERVISOR: ReviewKind.SHIFT,
    ReviewKind.INSPECTOR: ReviewKind.SHIFT,
    ReviewKind.SHIFT: ReviewKind.SHIFT,
}


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One line of the review table: minutes after grading, then minutes between repeats or None."""

    kind: str
    applies_to: str
    first_after_minutes: int
    then_every_minutes: int | None


def age_on(date_of_birth: date, day: date) -> int:
    """Whole years of age on `day`; somebody born on 29 February ages on 1 March in other years."""
    before_birthday = (day.month, day.day) < (date_of_birth.month, date_of_birth.day)
    return day.year - date_of_birth.year - before_birthday


def age_at(
    moment: datetime, *, date_of_birth: date | None, estimated_age: int | None, estimated_on: date | None
) -> int | None:
    """Age in whole years at `moment` on the London calendar, or None where nothing is known."""
    day = in_london(moment).date()
    if date_of_birth is not None:
        return max(age_on(date_of_birth, day), 0)
    if estimated_age is None:
        return None
    passed = age_on(estimated_on, day) if estimated_on is not None else 0
    return estimated_age + max(passed, 0)


def counts_as_child(age: int | None) -> bool:
    """Whether the stricter rules for children apply; an unknown age is treated as a child's."""
    return age is None or age < CHILD_UNTIL


def applies(applies_to: str, age: int | None) -> bool:
    """Whether a rule for children, adults or everyone is about somebody of `age`."""
    if applies_to == AppliesTo.ANYONE:
        return True
    return (applies_to == AppliesTo.CHILD) == counts_as_child(age)


def first_reviews(
    graded_at: datetime, lines: Iterable[ReviewLine], *, age: int | None, agreed_at: datetime | None = None
) -> dict[ReviewKind, datetime]:
    """The risk reviews due after a grading. An absence's is never past the time agreed with the reporter."""
    due: dict[ReviewKind, datetime] = {}
    for line in lines:
        if not applies(line.applies_to, age):
            continue
        kind = ReviewKind(line.kind)
        moment = _utc(graded_at) + timedelta(minutes=line.first_after_minutes)
        if kind == ReviewKind.ABSENT and agreed_at is not None:
            moment = min(moment, _utc(agreed_at))
        due[kind] = min(moment, due.get(kind, moment))
    return due


def repeat_review(
    kind: str, done_at: datetime, lines: Iterable[ReviewLine], *, age: int | None
) -> tuple[ReviewKind, datetime] | None:
    """The risk review that follows one of `kind` done at `done_at`, or None where it does not repeat."""
    if kind not in _REPEATS_AS:
        return None
    waits = [
        line.then_every_minutes
        for line in lines
        if line.then_every_minutes is not None
        and applies(line.applies_to, age)
        and kind in {line.kind, ReviewKind.SHIFT}
    ]
    if not waits:
        return None
    return _REPEATS_AS[kind], _utc(done_at) + timedelta(minutes=min(waits))


def fixed_reviews(reported_at: datetime) -> dict[ReviewKind, datetime]:
    """The clocks every missing person's incident has from its report on."""
    return {
        ReviewKind.OTHER_FORCES: _utc(reported_at) + OTHER_FORCES_WITHIN,
        ReviewKind.UKMPU: _utc(reported_at) + UKMPU_WITHIN,
        ReviewKind.DAY_28: days_later(reported_at, 28),
    }


def next_long_term(
    kind: str, *, reported_at: datetime, done_at: datetime
) -> tuple[ReviewKind, datetime] | None:
    """The long-term review after one of `kind`: counted from the report and never in the past."""
    following = _AFTER.get(kind)
    if following is None:
        return None
    if following in _MONTHS:
        due = months_later(reported_at, _MONTHS[following])
        if due > _utc(done_at):
            return following, due
        return next_long_term(following, reported_at=reported_at, done_at=done_at)
    years = 2
    while (due := months_later(reported_at, 12 * years)) <= _utc(done_at):
        years += 1
    return following, due


def days_later(moment: datetime, days: int) -> datetime:
    """The same wall-clock time in London `days` calendar days later, in UTC."""
    local = in_london(moment)
    return london_to_utc(local.date() + timedelta(days=days), local.time().replace(tzinfo=None))


def months_later(moment: datetime, months: int) -> datetime:
    """The same wall-clock time in London `months` later, in UTC; a day that is missing is the last one."""
    local = in_london(moment)
    year, month = divmod(local.year * 12 + local.month - 1 + months, 12)
    day = min(local.day, calendar.monthrange(year, month + 1)[1])
    return london_to_utc(date(year, month + 1, day), local.time().replace(tzinfo=None))


def hours_missing(reported_at: datetime, until: datetime) -> float:
    """Hours between the report and `until`."""
    return (_utc(until) - _utc(reported_at)) / timedelta(hours=1)


def _utc(moment: datetime) -> datetime:
    return in_london(moment).astimezone(UTC)
