"""What holds keep about people: how they follow a merge, answer a person, and end."""

from __future__ import annotations

from datetime import timedelta

from foundation.accounts.enums import OrganisationKind
from foundation.contributions import Merge, Retention, Schedule
from foundation.keeping import Holding, subject_access
from missingcases.keeping import SIX_YEARS
from missingcases.retention.emptying import empty_holds, lifted_holds

_MODEL = "retention.LegalHold"
_STAYS = "Names the record that is kept, whichever goes on."
_KEPT = "Six years after it was lifted, or longer; then two people have its words emptied."
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
RETENTION = (
    Retention(
        _MODEL,
        "incident",
        _KEPT,
        whose="organisation",
        schedule=Schedule(
            key="holds",
            title="Legal holds that were lifted",
            kinds=frozenset({OrganisationKind.CHARITY, OrganisationKind.POLICE_FORCE}),
            keep=SIX_YEARS,
            least=SIX_YEARS,
            longest=timedelta(days=100 * 366),
            ended=lifted_holds,
            erase=empty_holds,
        ),
    ),
    Retention(_MODEL, "person", _KEPT, whose="organisation"),
)
