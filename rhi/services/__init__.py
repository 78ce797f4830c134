"""The verbs of Return Home Interviews."""

from rhi.services.allocating import allocate, put_back, say_authority, say_known
from rhi.services.arranging import save_policy
from rhi.services.contacts import (
    record_answer,
    record_attempt,
    record_held,
    record_offer,
    record_unable,
    settle_concern,
)
from rhi.services.details import edit_details, say_why_late
from rhi.services.ending import withdraw
from rhi.services.interviewers import save_profile, save_visit_rule
from rhi.services.opening import Details, open_for_return, refer
from rhi.services.passing_on import pass_on
from rhi.services.reporting import close, send_report
from rhi.services.visits import cancel_visit, check_in, check_out, plan_visit, resolve_visit

__all__ = [
    "Details",
    "allocate",
    "cancel_visit",
    "check_in",
    "check_out",
    "close",
    "edit_details",
    "open_for_return",
    "pass_on",
    "plan_visit",
    "put_back",
    "record_answer",
    "record_attempt",
    "record_held",
    "record_offer",
    "record_unable",
    "refer",
    "resolve_visit",
    "save_policy",
    "save_profile",
    "save_visit_rule",
    "say_authority",
    "say_known",
    "say_why_late",
    "send_report",
    "settle_concern",
    "withdraw",
]
