"""What hangs on an incident and only some of those who see the incident may read."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from foundation.actors import Actor
from foundation.exceptions import NotVisible
from missingcases.enums import ENDED, Sensitivity, TransferStatus
from missingcases.models import (
    Attachment,
    Flag,
    FlagSnapshot,
    Incident,
    Note,
    RiskAssessment,
    TimelineEntry,
    Transfer,
)
from missingcases.policies import SEES_RECORD, Standing, standing
from missingcases.selectors.opening import OpenedBy


def timeline_for(actor: Actor, incident: Incident, *, kinds: tuple[str, ...] = ()) -> QuerySet[TimelineEntry]:
    """The entries the actor may read, newest first; `kinds` are beginnings such as ``release``."""
    return story_of(TimelineEntry.objects.filter(OpenedBy(actor, incident)), incident, kinds=kinds)


def story_of(
    rows: QuerySet[TimelineEntry], incident: Incident, *, kinds: tuple[str, ...] = ()
) -> QuerySet[TimelineEntry]:
    """Of `rows` those of the incident, as a page shows them. Who may read them the caller asks."""
    rows = rows.filter(incident_id=incident.pk)
    if kinds:
        wanted = Q()
        for kind in kinds:
            wanted |= Q(kind__startswith=f"{kind}.")
        rows = rows.filter(wanted)
    return rows.select_related("user", "organisation").order_by("-at", "-pk")


def notes_for(actor: Actor, incident: Incident) -> QuerySet[Note]:
    """The notes the actor may read, newest first."""
    rows = Note.objects.filter(OpenedBy(actor, incident), incident_id=incident.pk)
    return rows.select_related("author", "organisation").order_by("-created_at", "-pk")


def attachments_for(actor: Actor, incident: Incident) -> QuerySet[Attachment]:
    """The files the actor may open, newest first."""
    rows = Attachment.objects.filter(OpenedBy(actor, incident), incident_id=incident.pk)
    return rows.select_related("uploaded_by").order_by("-created_at", "-pk")


def flags_of(actor: Actor, incident: Incident) -> QuerySet[Flag]:
    """The person's flags: all for the owner force, else only those that are not its alone."""
    rows = Flag.objects.filter(person_id=incident.person_id).order_by("kind")
    held = standing(actor, incident)
    if held & Standing.OWNER:
        return rows
    return rows.exclude(sensitivity=Sensitivity.OWNER_ONLY) if held & SEES_RECORD else rows.none()


def flags_then(actor: Actor, incident: Incident) -> QuerySet[FlagSnapshot]:
    """The flags as they stood when the incident ended, for those who see them now; none before."""
    rows = FlagSnapshot.objects.filter(incident_id=incident.pk).order_by("kind")
    held = standing(actor, incident)
    if incident.status not in ENDED or not held & SEES_RECORD:
        return rows.none()
    return rows if held & Standing.OWNER else rows.exclude(sensitivity=Sensitivity.OWNER_ONLY)


def assessments_of(actor: Actor, incident: Incident) -> QuerySet[RiskAssessment]:
    """The history of gradings, newest first, for those who see the record."""
    rows = RiskAssessment.objects.filter(incident_id=incident.pk).select_related("assessed_by")
    return rows if standing(actor, incident) & SEES_RECORD else rows.none()


def open_transfer_of(actor: Actor, incident: Incident) -> Transfer:
    """The offer that waits for an answer. Raises `NotVisible` where there is none for the actor."""
    offers = Transfer.objects.filter(incident_id=incident.pk, status=TransferStatus.OFFERED)
    found = offers.select_related("incident", "from_organisation", "to_organisation").first()
    if found is None or actor.organisation_id not in {found.from_organisation_id, found.to_organisation_id}:
        raise NotVisible(incident.reference)
    return found
