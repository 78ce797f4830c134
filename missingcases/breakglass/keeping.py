"""What openings keep about people: how they follow a merge, answer a person, and end."""

from __future__ import annotations

from datetime import timedelta

from foundation.accounts.enums import OrganisationKind
from foundation.contributions import Merge, Retention, Schedule
from foundation.keeping import Holding, subject_access
from missingcases.breakglass.erasing import ended_openings, erase_openings
from missingcases.keeping import SIX_YEARS

_MODEL = "breakglass.Opening"
_STAYS = "Names the record that was opened, whichever goes on."
_KEPT = "Six years, or as the charity sets it; then two people have its words emptied."
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
RETENTION = (
    Retention(
        _MODEL,
        "incident",
        _KEPT,
        whose="organisation",
        schedule=Schedule(
            key="openings",
            title="Openings by break-glass",
            kinds=frozenset({OrganisationKind.CHARITY}),
            keep=SIX_YEARS,
            least=timedelta(days=366),
            longest=timedelta(days=20 * 366),
            ended=ended_openings,
            erase=erase_openings,
        ),
    ),
    Retention(_MODEL, "person", _KEPT, whose="organisation"),
)
