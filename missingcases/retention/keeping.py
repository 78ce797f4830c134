"""What holds keep about people: how they follow a merge, answer a person, and end."""

from __future__ import annotations

from foundation.contributions import Merge, Retention
from foundation.keeping import Holding, subject_access

_MODEL = "retention.LegalHold"
_STAYS = "Names the record that is kept, whichever goes on."
_KEPT = "Six years after it was lifted, as proof of why something was kept; then a person reviews it."
MERGE = (Merge(_MODEL, "incident", _STAYS), Merge(_MODEL, "person", _STAYS))
SUBJECT_ACCESS = subject_access(
    Holding(
        _MODEL,
        key,
        "Legal hold",
        "placed_at",
        ("review_on", "lifted_at"),
        "organisation",
        withheld="Why it is held may prejudice an investigation, and is weighed before it is given.",
    )
    for key in ("incident", "person")
)
RETENTION = (Retention(_MODEL, "incident", _KEPT), Retention(_MODEL, "person", _KEPT))
