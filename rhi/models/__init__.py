"""What Return Home Interviews keep."""

from rhi.models.contacts import Concern, ContactAttempt
from rhi.models.interviewers import InterviewerProfile, VisitRule
from rhi.models.policies import AuthorityPolicy
from rhi.models.referrals import Referral
from rhi.models.visits import Visit

__all__ = [
    "AuthorityPolicy",
    "Concern",
    "ContactAttempt",
    "InterviewerProfile",
    "Referral",
    "Visit",
    "VisitRule",
]
