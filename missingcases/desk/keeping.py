"""What the desk keeps about incidents: how it follows a merge, answers a person, and ends."""

from __future__ import annotations

from foundation.contributions import Merge, Retention
from foundation.keeping import Holding, subject_access

HOLDINGS = (
    Holding(
        "desk.Notice",
        "incident",
        "Call to the duty desk",
        "raised_at",
        ("cause", "raised_at", "escalate_at", "supervisor_told_at", "inspector_told_at", "acknowledged_at"),
        "organisation",
        withheld="Who acknowledged it: a name of the police's own staff.",
    ),
)
MERGE = (Merge("desk.Notice", "incident", "Stays with the merged incident, which calls nobody any more."),)
SUBJECT_ACCESS = subject_access(HOLDINGS)
RETENTION = (Retention("desk.Notice", "incident", "Kept as long as the incident it called to."),)
