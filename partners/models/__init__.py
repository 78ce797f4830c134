"""Partners, what was referred to them, who held it, and the links they work by."""

from partners.models.holding import Holding
from partners.models.links import Link, LinkCode, LinkSession
from partners.models.profiles import OpeningTime, Profile
from partners.models.progress import Progress
from partners.models.referrals import Referral

__all__ = [
    "Holding",
    "Link",
    "LinkCode",
    "LinkSession",
    "OpeningTime",
    "Profile",
    "Progress",
    "Referral",
]
