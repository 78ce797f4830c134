"""What openings keep about people: how they follow a merge, answer a person, and end."""

from __future__ import annotations

from foundation.contributions import Merge, Retention
from foundation.keeping import Holding, subject_access

_MODEL = "breakglass.Opening"
_STAYS = "Names the record that was opened, whichever goes on."
_KEPT = "Six years, as the trail that it accounts for; then a person reviews it."
MERGE = (Merge(_MODEL, "incident", _STAYS), Merge(_MODEL, "person", _STAYS))
SUBJECT_ACCESS = subject_access(
    Holding(
        _MODEL,
        key,
        "Confidential records opened by a duty manager",
        "opened_at",
        ("status", "ends_at", "reviewed_at"),
        "organisation",
        withheld="The reason may tell of others, and is weighed before it is given.",
    )
    for key in ("incident", "person")
)
RETENTION = (Retention(_MODEL, "incident", _KEPT), Retention(_MODEL, "person", _KEPT))
