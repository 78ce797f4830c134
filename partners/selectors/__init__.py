"""What each side may read of partners and referrals."""

from partners.selectors.directory import (
    Suggestion,
    agreement_with,
    directory_visible_to,
    is_open_at,
    narrowed,
    partners_for,
    profile_named,
    profile_of,
)
from partners.selectors.referrals import (
    back,
    content_of,
    ending_of,
    holdings_of,
    is_running,
    late,
    listed,
    referral_named,
    referrals_of,
    running_with,
    since_due,
    visible_to,
)

__all__ = [
    "Suggestion",
    "agreement_with",
    "back",
    "content_of",
    "directory_visible_to",
    "ending_of",
    "holdings_of",
    "is_open_at",
    "is_running",
    "late",
    "listed",
    "narrowed",
    "partners_for",
    "profile_named",
    "profile_of",
    "referral_named",
    "referrals_of",
    "running_with",
    "since_due",
    "visible_to",
]
