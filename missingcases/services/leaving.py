"""Leaving without a finding, and coming back: cancelling a record, reopening what was closed too early."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from foundation.access import require
from foundation.actors import Actor
from foundation.events.services import publish
from foundation.exceptions import Invalid
from foundation.states import move
from missingcases import events
from missingcases.enums import Audience, CancelReason, IncidentStatus, Outcome, StopCause
from missingcases.models import Incident
from missingcases.policies import may_cancel, may_reopen, sees_record
from missingcases.services.audience import sync
from missingcases.services.common import for_writing, one_of
from missingcases.services.locating import forget_finding, stop
from missingcases.services.reviews import resume_clocks
from missingcases.services.timeline import add_timeline_entry
from missingcases.states import INCIDENT


@transaction.atomic
def cancel_incident(
    *, actor: Actor, incident_id: int, cause: str, reason: str, duplicate_of: str = ""
) -> Incident:
    """Cancel a duplicate (naming the other's reference), an error, or somebody who was not missing.

    Never for a quick return: that is located. Everything that runs stops.
    """
    _lock_both(incident_id, duplicate_of)
    incident = for_writing(actor, incident_id)
    require(may_cancel(actor, incident))
    one_of(CancelReason, cause, "cause")
    other = _duplicate(actor, incident, cause, duplicate_of)
    now = timezone.now()
    move(
        incident,
        INCIDENT,
        IncidentStatus.CANCELLED,
        actor=actor,
        reason=reason,
        changes={
            "cancel_reason": cause,
            "outcome": Outcome.CANCELLED,
            "closed_at": now,
            "duplicate_of_id": other.pk if other else None,
        },
    )
    add_timeline_entry(
        incident_id=incident.pk,
        kind="incident.cancelled",
        actor=actor,
        audience=Audience.EVERYONE,
        summary=f"Cancelled: {CancelReason(cause).label.lower()}",
    )
    stop(incident, cause=StopCause.MERGED if other else StopCause.CANCELLED)
    sync(incident)
    return incident


def _lock_both(incident_id: int, duplicate_of: str) -> None:
    """In one order, so that two records cancelled for each other at once do not both go."""
    rows = Incident.objects.select_for_update(no_key=True).order_by("pk").only("pk")
    list(rows.filter(Q(pk=incident_id) | Q(reference=duplicate_of)))


def _duplicate(actor: Actor, incident: Incident, cause: str, reference: str) -> Incident | None:
    if cause != CancelReason.DUPLICATE:
        if reference:
            raise Invalid({"duplicate_of": "Only a duplicate names another incident."})
        return None
    other = Incident.objects.filter(reference=reference).exclude(pk=incident.pk).first()
    if other is None or not sees_record(actor, other):
        raise Invalid({"duplicate_of": "Give the reference of the incident that stays."})
    if other.status == IncidentStatus.CANCELLED:
        raise Invalid({"duplicate_of": "That incident is cancelled itself: one of the two must stay."})
    return other


@transaction.atomic
def reopen_incident(*, actor: Actor, incident_id: int, reason: str) -> Incident:
    """Reopen what was closed too early. It must be graded again; a later disappearance is new."""
    incident = for_writing(actor, incident_id)
    require(may_reopen(actor, incident))
    now = timezone.now()
    move(
        incident,
        INCIDENT,
        IncidentStatus.REOPENED,
        actor=actor,
        reason=reason,
        changes=forget_finding(incident),
    )
    resume_clocks(incident, at=now)
    sync(incident)
    add_timeline_entry(
        incident_id=incident.pk,
        kind="incident.reopened",
        actor=actor,
        audience=Audience.EVERYONE,
        summary="Reopened",
    )
    publish(events.IncidentReopened(incident_id=incident.pk, at=now, was=IncidentStatus.CLOSED))
    return incident
