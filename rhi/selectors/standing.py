"""How a referral stands for the force of the incident: dates, and one of five words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from foundation.accounts.enums import POLICE, Role
from foundation.actors import Actor
from missingcases.models import Incident
from rhi.enums import AWAITED, ReferralStatus, Standing
from rhi.models import Referral

_READERS = POLICE | {Role.API_CLIENT}


@dataclass(frozen=True, slots=True)
class StandingView:
    """All that the force may know of one referral. Whether a child said no, or why, is not among it."""

    reference: str
    referred_at: datetime
    due_at: datetime
    standing: Standing
    held_at: datetime | None
    ended_at: datetime | None


def standings_for(actor: Actor, incident: Incident) -> list[StandingView]:
    """The referrals of an incident for its own force, the newest first; for anybody else nothing."""
    if actor.organisation_id != incident.owner_id or not actor.holds(_READERS):
        return []
    rows = Referral.objects.filter(incident_id=incident.pk).order_by("-referred_at", "-pk")
    return [_seen(row) for row in rows]


def standing_of(referral: Referral) -> Standing:
    """One of the five words."""
    if referral.status in AWAITED:
        return Standing.OPEN
    if referral.status == ReferralStatus.MISSING_AGAIN:
        return Standing.MISSING_AGAIN
    if referral.status in {ReferralStatus.WITHDRAWN, ReferralStatus.DECEASED}:
        return Standing.WITHDRAWN
    return Standing.HELD if referral.completed_at is not None else Standing.NOT_HELD


def _seen(referral: Referral) -> StandingView:
    standing = standing_of(referral)
    return StandingView(
        reference=referral.reference,
        referred_at=referral.referred_at,
        due_at=referral.due_at,
        standing=standing,
        held_at=referral.completed_at if standing is Standing.HELD else None,
        ended_at=referral.settled_at if standing is Standing.NOT_HELD else None,
    )
