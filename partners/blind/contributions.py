"""What blind matching offers to pages that read across services. Each answers for its actor."""

from __future__ import annotations

from django.urls import reverse

from foundation.actors import Actor
from foundation.contributions import Link, ServiceCard, ServiceLine, WorkItem, WorkQueue
from partners.blind import selectors
from partners.blind.deadlines import late_at
from partners.blind.models import Candidate

_SHOWN = 10
_MOST = 99


def candidate_work(actor: Actor) -> WorkQueue | None:
    """Candidates on which the actor's side has to decide."""
    rows = selectors.waiting_for(actor)
    items = tuple(_item(actor, row) for row in rows[:_SHOWN])
    if not items:
        return None
    count = rows.order_by()[:_MOST].values("pk").count()
    link = Link("Blind matching", reverse("blind:list"))
    return WorkQueue("blind", "Possible matches", "", items, count, link)


def _item(actor: Actor, row: Candidate) -> WorkItem:
    here = selectors.is_holder(actor)
    other = row.pairing.partner if here else row.pairing.holder
    words = f"{other.name} may know {row.incident.person.full_name}" if here else f"{other.name}: {row.label}"
    return WorkItem(
        words=words,
        url=reverse("blind:candidate", args=[row.reference]),
        due_at=late_at(row.found_at if here else row.told_at or row.found_at),
        detail=row.reference,
    )


def service_card(actor: Actor, incident_id: int) -> ServiceCard | None:
    """What partners may know of the person of an incident, for its force."""
    if not selectors.is_holder(actor):
        return None
    rows = selectors.candidates_visible_to(actor).filter(incident_id=incident_id)[:_SHOWN]
    lines = tuple(
        ServiceLine(
            words=f"Possible match with {row.pairing.partner.name}",
            status=row.get_status_display(),
            at=row.found_at,
            url=reverse("blind:candidate", args=[row.reference]),
        )
        for row in rows
    )
    if not lines:
        return None
    return ServiceCard(
        "blind", "Possible matches with partners", "Found without either side showing its list.", "", lines
    )
