"""What happens to referrals. Past tense; ids, times and codes only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from foundation.events.types import Event
from partners.enums import ReferralStatus


@dataclass(frozen=True, kw_only=True)
class ReferralMoved(Event):
    """A referral was sent, answered, went on or ended: `status` is where it stands since, `was` before."""

    referral_id: int
    at: datetime
    was: ReferralStatus
    status: ReferralStatus
