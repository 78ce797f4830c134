"""Proposing an alert: police of the force that owns the incident, never the charity (domain.md section 5)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from alerts import policies
from alerts.drafting import ContentDetails
from alerts.enums import RUNNING
from alerts.models import AlertArea, ChildRescueAlert
from alerts.selectors import rank_of
from alerts.services.areas import area_problems
from alerts.services.common import need, noted, person
from alerts.services.content import first_content
from alerts.services.releasing import release_to_charity
from foundation.access import Refusal, require
from foundation.actors import Actor
from foundation.exceptions import NotVisible
from missingcases.models import Incident
from missingcases.selectors import incidents_visible_to
from missingcases.services import lock_incident


def content_from(incident: Incident) -> ContentDetails:
    """What an alert may begin with: what domain.md section 3 lets be published, and nothing beside it.

    Where they were last seen is given by its district, as the exact place may be their home.
    """
    area = incident.last_seen_area
    return ContentDetails(
        first_name=incident.person.given_names.split(" ")[0],
        age=incident.age_at_report,
        last_seen_place=area.name if area else "",
        last_seen_at=incident.last_seen_at,
    )


@transaction.atomic
def propose_alert(
    *,
    actor: Actor,
    content: ContentDetails,
    area_ids: Sequence[int],
    incident_id: int | None = None,
    photo_reference: str = "",
    form_token: UUID | None = None,
) -> ChildRescueAlert:
    """Propose an alert for an incident; without one it is a rehearsal of the actor's force, about nobody.

    The same `form_token` gives the alert back that it made. What the charity learns by it is released in the
    same transaction. Raises `Refused`, `Invalid`, `NotVisible`.
    """
    incident = None if incident_id is None else _locked(actor, incident_id)
    if form_token is not None and (known := ChildRescueAlert.objects.filter(form_token=form_token).first()):
        return _same(known, actor, incident_id)
    require(policies.may_propose(actor, incident))
    if incident is not None:
        _no_other(incident)
    need(area_problems(area_ids))
    alert = ChildRescueAlert.objects.create(
        incident=incident,
        is_rehearsal=incident is None,
        force_id=actor.organisation_id or 0,
        authorising_rank=rank_of(actor.organisation_id or 0),
        proposed_by_id=person(actor),
        proposed_at=timezone.now(),
        form_token=form_token,
    )
    AlertArea.objects.bulk_create(AlertArea(alert=alert, area_id=area_id) for area_id in area_ids)
    noted(actor, alert, "proposed", "areas", *content.given())
    first_content(actor, alert, content, photo_reference=photo_reference)
    release_to_charity(actor, alert, content)
    return alert


def _locked(actor: Actor, incident_id: int) -> Incident:
    if not incidents_visible_to(actor).filter(pk=incident_id).exists():
        raise NotVisible(f"incident {incident_id}")
    return lock_incident(incident_id)


def _no_other(incident: Incident) -> None:
    other = ChildRescueAlert.objects.filter(incident=incident, status__in=sorted(RUNNING)).first()
    if other is not None:
        require(Refusal("running", f"Alert {other.reference} is running for this child already. Work on it."))


def _same(known: ChildRescueAlert, actor: Actor, incident_id: int | None) -> ChildRescueAlert:
    if known.incident_id != incident_id or known.proposed_by_id != actor.user_id:
        require(Refusal("token", "This was sent already, for another incident or by somebody else."))
    return known
