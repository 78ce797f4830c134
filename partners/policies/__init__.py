"""Who may do what with partners and referrals."""

from partners.policies.directory import KEEPERS, READERS, may_edit_directory, may_read_directory
from partners.policies.referrals import (
    NOT_VISIBLE,
    is_of_partner,
    is_of_sender,
    may_answer,
    may_read_content,
    may_refer,
    may_refer_to,
    may_report_progress,
    may_resend,
    may_send,
    may_settle,
    may_take_over,
    may_withdraw,
)

__all__ = [
    "KEEPERS",
    "NOT_VISIBLE",
    "READERS",
    "is_of_partner",
    "is_of_sender",
    "may_answer",
    "may_edit_directory",
    "may_read_content",
    "may_read_directory",
    "may_refer",
    "may_refer_to",
    "may_report_progress",
    "may_resend",
    "may_send",
    "may_settle",
    "may_take_over",
    "may_withdraw",
]
