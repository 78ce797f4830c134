"""Writing the timeline, in the transaction of what it tells of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from foundation.actors import Actor
from missingcases.enums import Audience
from missingcases.models import TimelineEntry


def add_timeline_entry(
    *,
    incident_id: int,
    kind: str,
    actor: Actor,
    audience: str,
    summary: str,
    at: datetime | None = None,
    subject: tuple[str, int] | None = None,
    organisation_id: int | None = None,
    named_user_ids: Iterable[int] = (),
) -> TimelineEntry:
    """Add one entry. `summary` is a sentence of ours without names, numbers or anybody's words.

    `organisation_id` says whose entry it is (else the actor's): an entry for `charity` is seen by
    that charity alone. `subject` is (model label, id) of what it tells of.
    """
    label, subject_id = subject if subject else ("", None)
    return TimelineEntry.objects.create(
        incident_id=incident_id,
        at=at or timezone.now(),
        kind=kind,
        summary=summary,
        audience=Audience(audience),
        organisation_id=organisation_id or actor.organisation_id,
        named_user_ids=sorted(named_user_ids),
        user_id=actor.user_id,
        subject_label=label,
        subject_id=subject_id,
    )
