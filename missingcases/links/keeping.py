"""What links keep about incidents: how they follow a merge, answer a person, and end."""

from __future__ import annotations

from foundation.contributions import Merge, Retention
from foundation.keeping import Holding, subject_access
from missingcases.links.enums import LinkStatus

_MODEL = "links.RecordLink"
_STAYS = "Stays with the incident, whichever record of the person that hangs on."
_KEPT = "Kept as long as the incidents it names."
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
RETENTION = (Retention(_MODEL, "incident", _KEPT), Retention(_MODEL, "theirs", _KEPT))
