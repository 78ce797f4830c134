"""What routes keep about people: merges, access, and its end (domain.md section 8)."""

from __future__ import annotations

from django.utils import timezone

from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.contributions import Merge, Retention
from foundation.keeping import Holding, subject_access
from foundation.states import move
from partners.routes.enums import OPEN, ConcernStatus
from partners.routes.models import Concern
from partners.routes.states import CONCERN

_MODEL = "routes.Concern"
MERGING = Actor.system("routes.merging")


def _merge(keep_id: int, gone_id: int, actor: Actor) -> int:
    """They go to the incident that is kept; of two open ones of a kind its own goes on."""
    rows = Concern.objects.filter(incident_id=gone_id).select_related("incident")
    twins = Concern.objects.filter(incident_id=keep_id, status__in=sorted(OPEN)).values_list(
        "kind", flat=True
    )
    for row in rows.filter(status__in=sorted(OPEN), kind__in=list(twins)):
        move(
            row,
            CONCERN,
            ConcernStatus.RULED_OUT,
            actor=MERGING,
            reason="The incident was a duplicate: the other has its own concern.",
            changes={"due_at": None, "ended_at": timezone.now()},
        )
    ids = list(rows.values_list("pk", flat=True))
    Concern.objects.filter(pk__in=ids).update(incident_id=keep_id)
    audit.record(
        actor=actor,
        action="route.merged",
        target=Concern,
        target_ids=ids,
        incident_id=keep_id,
        fields=["incident"],
    )
    return len(ids)


MERGE = (Merge(_MODEL, "incident", "Goes to the incident that is kept.", _merge),)
SUBJECT_ACCESS = subject_access(
    (
        Holding(
            _MODEL,
            "incident",
            "Concern that a responder was told of",
            "raised_at",
            ("kind", "status"),
            "incident__owner",
            "Who told whom, and why, is weighed before it is given: it may harm somebody or warn one.",
        ),
    )
)
RETENTION = (
    Retention(
        _MODEL,
        "incident",
        "Kept with the incident: that somebody in danger was referred, and by whom, must stay provable.",
    ),
)
