"""Every verb of partners: the only writers."""

from missingcases.services import ReleaseTerms
from partners.services.answering import accept, complete, give_back, reject, report_progress
from partners.services.ending import settle, take_over, withdraw
from partners.services.sending import draft, edit_draft, refer, send

__all__ = [
    "ReleaseTerms",
    "accept",
    "complete",
    "draft",
    "edit_draft",
    "give_back",
    "refer",
    "reject",
    "report_progress",
    "send",
    "settle",
    "take_over",
    "withdraw",
]
