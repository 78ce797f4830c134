"""Who reads the national return, and who enters a force's calls."""

from __future__ import annotations

from datetime import datetime

from foundation.access import Refusal, holds_any
from foundation.accounts.enums import OrganisationKind
from foundation.actors import Actor
from reports.periods import Period
from reports.policies import NATIONAL, OF_A_FORCE

READERS = OF_A_FORCE | NATIONAL
_WORDS = "A coordinator, or an inspector or above, enters the calls of their own force."


def may_submit(actor: Actor, year: Period, *, now: datetime) -> Refusal | None:
    """Keep one's own force's return as it is sent: once the year is over."""
    if refusal := may_enter_calls(actor):
        return Refusal(refusal.code, "A coordinator, or an inspector or above, sends their force's return.")
    return None if year.ends_at <= now else Refusal("running", "The year is not over: more will come.")


def may_enter_calls(actor: Actor) -> Refusal | None:
    """Enter how many calls one's own force took."""
    if actor.user_id is None or actor.organisation_kind != OrganisationKind.POLICE_FORCE:
        return Refusal("role", _WORDS)
    return holds_any(actor, OF_A_FORCE, _WORDS)
