"""Times of TextSafe: quiet hours, validity, the request's window, the hour to answer. Pure; UTC in and out.

Source: domain.md section 4; the length of the window is our own proposal (docs/adr/0030).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from foundation.clock import next_loud, next_quiet

QUIET_STARTS = time(22, 0)
QUIET_ENDS = time(7, 0)
VALIDITY = timedelta(minutes=30)
LEAST_VALIDITY = timedelta(seconds=10)  # the provider keeps a text for six seconds at least
LEAST_SLOT = timedelta(minutes=5)  # too little time before quiet hours to reach a phone
WINDOW = timedelta(hours=4)
SHORTEST_DELAY = timedelta(minutes=60)
ONE_DAY = timedelta(hours=24)
ANSWER_WITHIN = timedelta(hours=1)
KEEP_NUMBER = timedelta(days=90)

# Risk levels at which a text may go out at night.
NO_QUIET_HOURS = frozenset({"medium", "high"})


@dataclass(frozen=True, slots=True)
class Slot:
    """When a text may be handed to the carrier, and until when the carrier may keep trying."""

    not_before: datetime
    valid_until: datetime


def knows_no_quiet(risk_level: str) -> bool:
    """Whether quiet hours do not apply; an ungraded incident is treated as low."""
    return risk_level in NO_QUIET_HOURS


def sending_slot(now: datetime, *, risk_level: str) -> Slot:
    """The first slot at or after `now`: 30 minutes at most, ended before quiet hours begin."""
    if knows_no_quiet(risk_level):
        return Slot(now, now + VALIDITY)
    start = next_loud(now, starts=QUIET_STARTS, ends=QUIET_ENDS)
    quiet = next_quiet(start, starts=QUIET_STARTS, ends=QUIET_ENDS)
    if quiet - start < LEAST_SLOT:
        start = next_loud(quiet, starts=QUIET_STARTS, ends=QUIET_ENDS)
        quiet = next_quiet(start, starts=QUIET_STARTS, ends=QUIET_ENDS)
    return Slot(start, min(start + VALIDITY, quiet))


def window_ends_at(start: datetime, *, risk_level: str) -> datetime:
    """When a request that has not been sent is over: four hours of time in which texts may go.

    It depends on nothing but what the officer knows, so that its passing tells nothing else.
    """
    if knows_no_quiet(risk_level):
        return start + WINDOW
    begins = next_loud(start, starts=QUIET_STARTS, ends=QUIET_ENDS)
    quiet = next_quiet(begins, starts=QUIET_STARTS, ends=QUIET_ENDS)
    if begins + WINDOW <= quiet:
        return begins + WINDOW
    rest = WINDOW - (quiet - begins)
    return next_loud(quiet, starts=QUIET_STARTS, ends=QUIET_ENDS) + rest


def automation_due_at(reported_at: datetime, *, delay: timedelta) -> datetime:
    """When an automatic text may first be considered: never under an hour after the report."""
    return reported_at + max(delay, SHORTEST_DELAY)


def reply_due_at(received_at: datetime) -> datetime:
    """Replies are answered within an hour."""
    return received_at + ANSWER_WITHIN


def free_again_at(sent_at: datetime) -> datetime:
    """From when a number may get its next text: at most one a day, across forces."""
    return sent_at + ONE_DAY


def erase_number_at(closed_at: datetime) -> datetime:
    """When the number must be gone: 90 days after closure (domain.md section 8)."""
    return closed_at + KEEP_NUMBER
