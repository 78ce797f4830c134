"""What Return Home Interviews keep."""

from rhi.models.contacts import Concern, ContactAttempt
from rhi.models.policies import AuthorityPolicy
from rhi.models.referrals import Referral

__all__ = ["AuthorityPolicy", "Concern", "ContactAttempt", "Referral"]
