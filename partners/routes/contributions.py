"""What routes offer to pages that read across services. Each answers for its actor."""

from __future__ import annotations

from django.urls import reverse

from foundation.accounts.enums import HELPLINE, POLICE, OrganisationKind
from foundation.actors import Actor
from foundation.contributions import Link, ServiceCard, ServiceLine, WorkItem, WorkQueue
from missingcases.enums import ReleaseKind
from missingcases.models import Incident
from missingcases.policies import may_release
from missingcases.selectors import kept_from_family
from partners.routes import policies, selectors
from partners.routes.models import Concern
from partners.routes.next_steps import next_step

_SHOWN = 10
_MOST = 99
NOT_FOR_FAMILY = "Do not tell the family, nor that there is a concern: they may be the danger."


def concern_work(actor: Actor) -> WorkQueue | None:
    """Concerns whose next step waits, the most urgent first."""
    rows = selectors.open_of(actor)
    items = tuple(_item(row) for row in rows[:_SHOWN])
    if not items:
        return None
    count = rows.order_by()[:_MOST].values("pk").count()
    return WorkQueue(
        "routes", "Concerns to refer", "", items, count, Link("All concerns", reverse("routes:list"))
    )


def _item(row: Concern) -> WorkItem:
    return WorkItem(
        words=f"{next_step(row)}: {row.incident.person.full_name}",
        url=reverse("routes:concern", args=[row.reference]),
        due_at=row.due_at,
        detail=f"{row.get_kind_display()}, {row.reference}",
    )


def service_card(actor: Actor, incident_id: int) -> ServiceCard | None:
    """Concerns of an incident for its force, with a loud word where the family may be the danger.

    The charity is led to what lets somebody else know: it reads no concern, nor whether there is one.
    """
    incident = Incident.objects.get(pk=incident_id)
    if actor.organisation_kind is OrganisationKind.CHARITY:
        return _ways_of_charity(actor, incident) if actor.holds(HELPLINE) else None
    if actor.organisation_id != incident.owner_id or not actor.holds(POLICE):
        return None
    rows = list(selectors.of_incident(actor, incident_id)[:_SHOWN])
    lines = tuple(
        ServiceLine(
            words=row.get_kind_display(),
            status=row.get_status_display(),
            at=row.ended_at or row.raised_at,
            url=reverse("routes:concern", args=[row.reference]),
        )
        for row in rows
    )
    kept = bool(kept_from_family([incident.pk]))
    start = Link(
        "Raise a concern",
        reverse("routes:raise", args=[incident.reference]),
        policies.may_raise(actor, incident),
    )
    intro = "Trafficking, forced marriage and terrorism go to a responder by a fixed route."
    return ServiceCard(
        "routes",
        "Concerns and responders",
        f"{NOT_FOR_FAMILY} {intro}" if kept else intro,
        "No concern was raised.",
        lines,
        (start,),
    )


def _ways_of_charity(actor: Actor, incident: Incident) -> ServiceCard:
    """The same words for every incident: what was told in confidence leaves by a release, on a ground."""
    return ServiceCard(
        "routes",
        "Trafficking, forced marriage, terrorism",
        "What a family, a call or a text tells us is ours to keep, unless the person agrees or there is a "
        "ground to break confidence: then a duty manager says yes first. Of a child tell the local authority "
        "before the force. We are no first responder: they refer. Forced marriage: tell no relative.",
        "In a conversation or a call, tell the duty manager there. What you know otherwise goes from here.",
        (),
        (
            Link(
                "Tell the authority or the force",
                reverse("missingcases:release_new", args=[incident.reference]),
                may_release(actor, incident, ReleaseKind.CONFIDENCE_BROKEN),
            ),
        ),
    )
