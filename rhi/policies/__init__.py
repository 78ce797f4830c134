"""Who may do what with Return Home Interviews."""

from rhi.policies.referrals import (
    may_allocate,
    may_allocate_for,
    may_answer_for,
    may_change_policy,
    may_edit,
    may_end,
    may_pass_on,
    may_refer,
    may_report,
    may_say_authority,
    may_say_why_late,
    may_set_visit_rule,
    may_settle,
    may_step_back,
    may_work,
)
from rhi.policies.visits import may_move_visit, may_plan_visit, may_resolve_visit

__all__ = [
    "may_allocate",
    "may_allocate_for",
    "may_answer_for",
    "may_change_policy",
    "may_edit",
    "may_end",
    "may_move_visit",
    "may_pass_on",
    "may_plan_visit",
    "may_refer",
    "may_report",
    "may_resolve_visit",
    "may_say_authority",
    "may_say_why_late",
    "may_set_visit_rule",
    "may_settle",
    "may_step_back",
    "may_work",
]
