"""What family support keeps."""

from families.models.cases import CaseAccess, SupportCase
from families.models.log import ContactRecord, SupportTask, Told
from families.models.members import (
    BlockedParty,
    ContactPoint,
    FamilyMember,
    IdentityCheck,
    MemberBond,
)
from families.models.plans import CounsellingReferral, FollowUp, Guidance, Signpost
from families.models.visits import Visit, VisitRule

__all__ = [
    "BlockedParty",
    "CaseAccess",
    "ContactPoint",
    "ContactRecord",
    "CounsellingReferral",
    "FamilyMember",
    "FollowUp",
    "Guidance",
    "IdentityCheck",
    "MemberBond",
    "Signpost",
    "SupportCase",
    "SupportTask",
    "Told",
    "Visit",
    "VisitRule",
]
