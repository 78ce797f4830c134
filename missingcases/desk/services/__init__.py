"""Every verb of the duty desk: the only writers of its tables."""

from missingcases.desk.services.acknowledging import acknowledge_incident
from missingcases.desk.services.escalation import GUARD, escalate_due, still_calls
from missingcases.desk.services.notices import call_for, call_new_owner, follow_grading
from missingcases.desk.services.times import save_times

__all__ = [
    "GUARD",
    "acknowledge_incident",
    "call_for",
    "call_new_owner",
    "escalate_due",
    "follow_grading",
    "save_times",
    "still_calls",
]
