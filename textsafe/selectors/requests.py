"""Requests as each side may see them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Q, QuerySet
from django.shortcuts import get_object_or_404

from foundation.accounts.enums import HELPLINE, POLICE, OrganisationKind, Role
from foundation.actors import Actor
from foundation.contributions import Underway
from foundation.messaging.models import Message
from missingcases.selectors import incidents_visible_to
from textsafe.enums import RequestStatus
from textsafe.models import Request
from textsafe.officer import OfficerView, officer_view
from textsafe.states import IN_THE_AIR

# The side of the force: its people and its systems.
ASKERS = POLICE | {Role.API_CLIENT}


def requests_visible_to(actor: Actor) -> QuerySet[Request]:
    """Police: those of incidents they see. The charity's helpline: those it screens. Others: none."""
    if actor.holds(HELPLINE):
        return Request.objects.filter(charity_id=actor.organisation_id)
    if actor.holds(ASKERS) and actor.organisation_kind is OrganisationKind.POLICE_FORCE:
        return Request.objects.filter(
            incident__in=incidents_visible_to(actor), incident__owner_id=actor.organisation_id
        )
    return Request.objects.none()


def requests_of_incident(actor: Actor, incident_id: int) -> QuerySet[Request]:
    """The requests of one incident that a police actor sees, newest first."""
    if not actor.holds(ASKERS):
        return Request.objects.none()
    rows = requests_visible_to(actor).filter(incident_id=incident_id)
    return rows.select_related("requested_by", "organisation", "incident").order_by("-requested_at", "-pk")


def seen_by_officer(request: Request, *, now: datetime) -> OfficerView:
    """What the police side may know of `request` at `now`."""
    return officer_view(
        status=request.status,
        sent_at=request.sent_at,
        delivered_at=request.delivered_at,
        closes_at=min(request.closed_early_at or request.closes_at, request.closes_at),
        now=now,
    )


def screening_queue(actor: Actor, *, now: datetime) -> QuerySet[Request]:
    """What waits for a screener, the first to lapse first; automatic ones not before their time."""
    if not actor.holds(HELPLINE):
        return Request.objects.none()
    return (
        requests_visible_to(actor)
        .filter(status=RequestStatus.REQUESTED, needs_person=True, not_before__lte=now, closes_at__gt=now)
        .select_related("organisation")
        .order_by("closes_at", "pk")
    )


def request_to_screen(actor: Actor, reference: str) -> Request:
    """One request as the charity sees it; 404 for everybody else."""
    rows = requests_visible_to(actor) if actor.holds(HELPLINE) else Request.objects.none()
    return get_object_or_404(
        rows.select_related("organisation", "wording", "screened_by"), reference=reference
    )


def underway(actor: Actor, incident_id: int) -> list[Underway]:
    """Texts that a stop came too late for: claimed before it, so that they may go or have gone out."""
    rows = requests_of_incident(actor, incident_id).filter(
        Q(status__in=IN_THE_AIR) | Q(stopped_at__isnull=False, sent_at__gte=F("stopped_at"))
    )
    ids = [row.message_id for row in rows if row.message_id]
    found = Message.objects.filter(pk__in=ids).order_by("claimed_at").values_list("claimed_at", flat=True)
    return [Underway(at=at, words="A TextSafe text was already being sent") for at in found if at]
