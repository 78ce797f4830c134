"""How long words may stay on a phone, and when what came of an interview is to be done. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from foundation.clock import working_days_after
from rhi.interviews.enums import OutcomeKind

# As long as an interview is late after: whoever has not sent it by then has lost the phone or the case.
ON_PHONE = timedelta(hours=72)
# Without network a phone opens so long after it was last told that its user stands.
LEASE = timedelta(hours=12)


def copy_expires_at(taken_at: datetime) -> datetime:
    """When what is on the phone is wiped, sent or not."""
    return taken_at + ON_PHONE


def lease_ends_at(asked_at: datetime, expires_at: datetime) -> datetime:
    """Until when the phone may be opened without asking again."""
    return min(asked_at + LEASE, expires_at)


# Working days within which each is to be done, where the interviewer says no other time. A strategy meeting
# and an enquiry do not wait; what a section 17 assessment takes begins with its ten days. (P)
ACTION_WITHIN = {
    OutcomeKind.STRATEGY_MEETING: 1,
    OutcomeKind.S47: 1,
    OutcomeKind.POLICE_INTELLIGENCE: 1,
    OutcomeKind.NRM: 3,
    OutcomeKind.CAWN: 3,
    OutcomeKind.EXPLOITATION_PANEL: 10,
    OutcomeKind.S17: 10,
    OutcomeKind.EARLY_HELP: 10,
    OutcomeKind.HEALTH: 10,
    OutcomeKind.CARE_PLAN_REVIEW: 10,
}


def action_due_at(kind: str, decided_at: datetime, *, nation: str) -> datetime | None:
    """By when it should be done: the end of a working day of the authority's nation; None for no action."""
    days = {one.value: within for one, within in ACTION_WITHIN.items()}.get(kind)
    return None if days is None else working_days_after(decided_at, days, nation=nation)
