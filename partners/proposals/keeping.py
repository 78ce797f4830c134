"""What is kept of why somebody was not referred (domain.md section 8)."""

from __future__ import annotations

from foundation.contributions import Merge, Retention
from foundation.keeping import Holding, subject_access

_MODEL = "proposals.NotReferred"
MERGE = (Merge(_MODEL, "incident", "Stays with the incident whose review it is of."),)
SUBJECT_ACCESS = subject_access(
    (
        Holding(
            _MODEL,
            "incident",
            "Not referred for tracing after a review",
            "said_at",
            ("why",),
            "incident__owner",
            "The words may concern others, or say whom somebody is in danger from.",
        ),
    )
)
RETENTION = (Retention(_MODEL, "incident", "Kept and erased with the review that it belongs to."),)
