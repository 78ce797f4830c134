"""Who may do what with Return Home Interviews."""

from rhi.policies.referrals import (
    may_allocate,
    may_answer_for,
    may_change_policy,
    may_end,
    may_pass_on,
    may_refer,
    may_say_authority,
    may_settle,
    may_work,
)

__all__ = [
    "may_allocate",
    "may_answer_for",
    "may_change_policy",
    "may_end",
    "may_pass_on",
    "may_refer",
    "may_say_authority",
    "may_settle",
    "may_work",
]
