"""What each side may read of Return Home Interviews."""

from rhi.selectors.board import authorities_on, board
from rhi.selectors.interviewers import interviewers_of, loads_of, profiles_of, refusal_of, suggestions
from rhi.selectors.referrals import (
    earlier_of,
    is_visible,
    policy_of,
    progress_visible_to,
    referral_named,
    running_of,
    visible_to,
)
from rhi.selectors.visits import (
    alarms_of,
    own_visits,
    people_to_call,
    to_call,
    visit_named,
    visit_rule_of,
    visits_visible_to,
)

__all__ = [
    "alarms_of",
    "authorities_on",
    "board",
    "earlier_of",
    "interviewers_of",
    "is_visible",
    "loads_of",
    "own_visits",
    "people_to_call",
    "policy_of",
    "profiles_of",
    "progress_visible_to",
    "referral_named",
    "refusal_of",
    "running_of",
    "suggestions",
    "to_call",
    "visible_to",
    "visit_named",
    "visit_rule_of",
    "visits_visible_to",
]
