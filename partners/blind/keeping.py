"""What blind matching keeps about incidents: merges, access, and its end (domain.md section 8)."""

from __future__ import annotations

from foundation.contributions import Merge, Retention
from foundation.keeping import Holding, subject_access
from partners.blind.enums import CandidateStatus

_MODEL = "blind.Candidate"
MERGE = (Merge(_MODEL, "incident", "Stays with the incident, whichever record of the person it hangs on."),)
SUBJECT_ACCESS = subject_access(
    (
        Holding(
            _MODEL,
            "incident",
            "A partner's record may be about them",
            "found_at",
            ("status",),
            "pairing__holder",
            withheld="What the partner holds is the partner's to tell.",
            where=(("status", CandidateStatus.CONFIRMED),),
        ),
    )
)
RETENTION = (
    Retention(
        _MODEL,
        "incident",
        "It holds a reference of the partner's and no words; it goes with the incident. One on which "
        "nobody decided is withdrawn after eight weeks.",
    ),
)
