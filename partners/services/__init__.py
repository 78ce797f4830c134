"""Every verb of partners: the only writers."""

from missingcases.services import ReleaseTerms
from partners.services.answering import accept, complete, give_back, reject, report_progress
from partners.services.directory import ProfileDetails, add_profile, edit_profile
from partners.services.ending import resend, settle, take_over, withdraw
from partners.services.sending import draft, edit_draft, problems_of_sending, refer, send

__all__ = [
    "ProfileDetails",
    "ReleaseTerms",
    "accept",
    "add_profile",
    "complete",
    "draft",
    "edit_draft",
    "edit_profile",
    "give_back",
    "problems_of_sending",
    "refer",
    "reject",
    "report_progress",
    "resend",
    "send",
    "settle",
    "take_over",
    "withdraw",
]
