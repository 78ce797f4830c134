"""What messages home keep about people: how they follow a merge, answer a person, and end."""

from __future__ import annotations

from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.contributions import Merge, Retention
from foundation.keeping import Holding, subject_access
from missingcases.messages_home.models import MessageHome

_MODEL = "messages_home.MessageHome"


def _merge(keep_id: int, gone_id: int, actor: Actor) -> int:
    """A message waits with the incident that goes on, where its family is."""
    ids = list(MessageHome.objects.filter(incident_id=gone_id).values_list("pk", flat=True))
    MessageHome.objects.filter(pk__in=ids).update(incident_id=keep_id)
    if ids:
        audit.record(
            actor=actor,
            action="message_home.merged",
            target=MessageHome,
            target_ids=ids,
            incident_id=keep_id,
            fields=["incident"],
        )
    return len(ids)


MERGE = (Merge(_MODEL, "incident", "Comes along with the incident that is kept.", _merge),)
SUBJECT_ACCESS = subject_access(
    (
        Holding(
            _MODEL,
            "incident",
            "Message home",
            "taken_at",
            ("words", "disclose_location", "status"),
            "charity",
            withheld="For whom it was is another person's.",
        ),
    )
)
RETENTION = (
    Retention(_MODEL, "incident", "By the charity's own schedule, as the conversation it was said in."),
)
