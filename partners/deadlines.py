"""When an unanswered referral reminds, escalates and comes back; how long links last (P). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

# What a new partner is asked for; each partner's own stand in its profile, in hours from sending.
REMIND_AFTER_HOURS = 48
ESCALATE_AFTER_HOURS = 96
RETURN_AFTER_HOURS = 168

LINK_LASTS = timedelta(days=30)
# A link to work that goes on is replaced so long before it runs out: before the next word on it is due.
RENEW_BEFORE = timedelta(days=3)
CODE_LASTS = timedelta(minutes=10)
SESSION_LASTS = timedelta(hours=8)
SESSION_IDLE = timedelta(minutes=30)
CODE_TRIES = 5
# Wrong codes on one link in all: past this it ends, and its sender sends another.
LINK_TRIES = 15
# Codes that may be asked for of one link within `CODES_WITHIN`.
CODES = 5
CODES_WITHIN = timedelta(hours=1)

# The partner is told of a retraction for so long; then its page says it anyway.
TELL_FOR = timedelta(days=3)
# A partner that works on something says how it stands at least so often (P).
PROGRESS_WITHIN = timedelta(days=28)
# It is reminded then, and its sender's managers hear of it so much later (P).
ESCALATE_SILENCE_AFTER = timedelta(days=7)
KEEP = timedelta(days=6 * 365.25)  # as the incident: at least six years (domain.md section 8)


@dataclass(frozen=True, slots=True)
class Clock:
    """When one referral reminds, escalates and returns."""

    remind_at: datetime
    escalate_at: datetime
    return_at: datetime


def clock_of(sent_at: datetime, *, remind: int, escalate: int, give_up: int) -> Clock:
    """The three times of a referral that was sent then; the arguments are hours."""
    return Clock(
        sent_at + timedelta(hours=remind),
        sent_at + timedelta(hours=escalate),
        sent_at + timedelta(hours=give_up),
    )
