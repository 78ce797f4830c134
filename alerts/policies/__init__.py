"""Who may do what with an alert. Each answers a refusal, or None."""

from alerts.policies.people import fallen
from alerts.policies.readiness import missing
from alerts.policies.room import (
    may_ask_again,
    may_call_off,
    may_check,
    may_choose_areas,
    may_comment,
    may_confirm_call_handling,
    may_decline,
    may_edit,
    may_propose,
    yes_is_lost,
)
from alerts.policies.steps import (
    may_agree,
    may_authorise,
    may_issue,
    may_record_agreement,
    may_take_back_agreement,
    may_witness,
)

__all__ = [
    "fallen",
    "may_agree",
    "may_ask_again",
    "may_authorise",
    "may_call_off",
    "may_check",
    "may_choose_areas",
    "may_comment",
    "may_confirm_call_handling",
    "may_decline",
    "may_edit",
    "may_issue",
    "may_propose",
    "may_record_agreement",
    "may_take_back_agreement",
    "may_witness",
    "missing",
    "yes_is_lost",
]
