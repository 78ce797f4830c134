"""Concerns as the force that holds the incident may read them; nobody else may."""

from __future__ import annotations

from django.db.models import F, QuerySet

from foundation.accounts.enums import POLICE, OrganisationKind
from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import NotVisible
from missingcases.models import Incident
from missingcases.selectors import records_visible_to
from partners.routes.enums import OPEN
from partners.routes.models import Concern, Notice

SHOWN = 50


def visible_to(actor: Actor) -> QuerySet[Concern]:
    """Of the force's own incidents whose record the actor sees."""
    if not actor.holds(POLICE) or actor.organisation_id is None:
        return Concern.objects.none()
    rows = Concern.objects.filter(
        incident__owner_id=actor.organisation_id, incident__in=records_visible_to(actor).values("pk")
    )
    return rows.select_related("incident__person", "incident__owner", "authority", "raised_by", "ended_by")


def concern_named(actor: Actor, reference: str) -> Concern:
    """One concern; audited. Raises `NotVisible`."""
    found = visible_to(actor).filter(reference=reference).first()
    if found is None:
        raise NotVisible(reference)
    audit.record(actor=actor, action="route.read", target=found, incident_id=found.incident_id)
    return found


def open_of(actor: Actor) -> QuerySet[Concern]:
    """What waits for the next step, the most urgent first."""
    return visible_to(actor).filter(status__in=sorted(OPEN)).order_by(F("due_at").asc(nulls_last=True), "pk")


def of_incident(actor: Actor, incident_id: int) -> QuerySet[Concern]:
    """The concerns of one incident, the open ones first."""
    return visible_to(actor).filter(incident_id=incident_id).order_by(F("ended_at").desc(nulls_first=True))


def read_list(actor: Actor, rows: QuerySet[Concern]) -> list[Concern]:
    """A screenful; audited as one entry."""
    found = list(rows[:SHOWN])
    audit.record(
        actor=actor, action="route.list_read", target=Concern, target_ids=sorted(row.pk for row in found)
    )
    return found


def authority_for(incident: Incident) -> Organisation | None:
    """Whom to tell of a child: the placing authority, else the host; None where neither is known."""
    return incident.placing_authority or incident.host_authority


def authorities() -> QuerySet[Organisation]:
    """Every local authority that one may choose."""
    return Organisation.objects.filter(kind=OrganisationKind.LOCAL_AUTHORITY, is_active=True).order_by("name")


def notices_of(actor: Actor) -> QuerySet[Notice]:
    """The notices of one's force that name nobody."""
    if not actor.holds(POLICE) or actor.organisation_id is None:
        return Notice.objects.none()
    return Notice.objects.filter(organisation_id=actor.organisation_id)
