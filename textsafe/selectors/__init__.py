"""Reading TextSafe. `requests` has both sides' view; `conversations` is the charity's alone."""

from textsafe.selectors.conversations import (
    conversation_for,
    conversations_of,
    conversations_visible_to,
    escalation_for,
    escalations_visible_to,
    opted_out,
    triage_for,
    triage_visible_to,
)
from textsafe.selectors.facts import facts_for, force_cap_reached, safe_facts, veto_on
from textsafe.selectors.figures import CharityFigures, ForceFigures, charity_figures, force_figures
from textsafe.selectors.requests import (
    request_to_screen,
    requests_of_incident,
    requests_visible_to,
    screening_queue,
    seen_by_officer,
    underway,
)
from textsafe.selectors.rules import (
    active_wording,
    policies_visible_to,
    policy_of,
    usable_languages,
    wordings_visible_to,
)

__all__ = [
    "CharityFigures",
    "ForceFigures",
    "active_wording",
    "charity_figures",
    "conversation_for",
    "conversations_of",
    "conversations_visible_to",
    "escalation_for",
    "escalations_visible_to",
    "facts_for",
    "force_cap_reached",
    "force_figures",
    "opted_out",
    "policies_visible_to",
    "policy_of",
    "request_to_screen",
    "requests_of_incident",
    "requests_visible_to",
    "safe_facts",
    "screening_queue",
    "seen_by_officer",
    "triage_for",
    "triage_visible_to",
    "underway",
    "usable_languages",
    "veto_on",
    "wordings_visible_to",
]
