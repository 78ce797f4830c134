"""What links keep about incidents: how they follow a merge, answer a person, and end."""

from __future__ import annotations

from datetime import timedelta

from foundation.accounts.enums import OrganisationKind
from foundation.contributions import Merge, Retention, Schedule
from foundation.keeping import Holding, subject_access
from missingcases.keeping import SIX_YEARS
from missingcases.links.enums import LinkStatus
from missingcases.links.erasing import ended_links, erase_links

_MODEL = "links.RecordLink"
_STAYS = "Stays with the incident, whichever record of the person that hangs on."
_KEPT = "Kept as long as the incidents it names; its words six years after it ended, or as the force sets it."
MERGE = (Merge(_MODEL, "incident", _STAYS), Merge(_MODEL, "theirs", _STAYS))
SUBJECT_ACCESS = subject_access(
    (
        Holding(
            _MODEL,
            "incident",
            "Another force was asked for a link",
            "asked_at",
            ("named", "words", "status"),
            "asking",
            withheld="What the other force holds is theirs to tell.",
        ),
        Holding(
            _MODEL,
            "theirs",
            "Linked with a record of another force",
            "asked_at",
            ("status",),
            "asked",
            withheld="What the other force holds is theirs to tell.",
            where=(("status__in", (LinkStatus.ACCEPTED, LinkStatus.ENDED)),),
        ),
    )
)
RETENTION = (
    Retention(
        _MODEL,
        "incident",
        _KEPT,
        whose="asking",
        schedule=Schedule(
            key="links",
            title="Links with other forces",
            kinds=frozenset({OrganisationKind.POLICE_FORCE}),
            keep=SIX_YEARS,
            least=timedelta(days=366),
            longest=timedelta(days=100 * 366),
            ended=ended_links,
            erase=erase_links,
        ),
    ),
    Retention(_MODEL, "theirs", _KEPT),
)
