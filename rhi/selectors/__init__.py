"""What each side may read of Return Home Interviews."""

from rhi.selectors.referrals import (
    earlier_of,
    is_visible,
    policy_of,
    progress_visible_to,
    referral_named,
    running_of,
    visible_to,
)

__all__ = [
    "earlier_of",
    "is_visible",
    "policy_of",
    "progress_visible_to",
    "referral_named",
    "running_of",
    "visible_to",
]
