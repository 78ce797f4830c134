"""What proposals offer to pages that read across services. Each answers for its actor."""

from __future__ import annotations

from django.urls import reverse

from foundation.actors import Actor
from foundation.contributions import Link, ServiceCard, ServiceLine, WorkItem, WorkQueue
from missingcases.models import Incident
from partners.proposals import selectors
from partners.proposals.deadlines import decide_by

_SHOWN = 10
_MOST = 99


def proposal_work(actor: Actor) -> WorkQueue | None:
    """Reviews after which nobody was referred and nobody has said why."""
    rows = selectors.undecided(actor)
    items = tuple(
        WorkItem(
            words=f"Refer {row.incident.person.full_name} for tracing, or say why not",
            url=reverse("proposals:decide", args=[row.incident.reference]),
            due_at=decide_by(row.done_at) if row.done_at else None,
            detail=f"{row.get_kind_display()} held, {row.incident.reference}",
        )
        for row in rows[:_SHOWN]
    )
    if not items:
        return None
    count = rows.order_by()[:_MOST].values("pk").count()
    link = Link("All that wait", reverse("proposals:list"))
    return WorkQueue("proposals", "Long-term people to refer for tracing", "", items, count, link)


def service_card(actor: Actor, incident_id: int) -> ServiceCard | None:
    """What was decided after each review, and the decision that waits."""
    incident = Incident.objects.get(pk=incident_id)
    waits = selectors.undecided_of(actor, incident)
    lines = tuple(
        ServiceLine(words=f"Not referred: {row.get_why_display().lower()}", at=row.said_at)
        for row in selectors.said_of(actor, incident)[:_SHOWN]
    )
    if waits is None and not lines:
        return None
    start = (Link("Refer, or say why not", reverse("proposals:decide", args=[incident.reference])),)
    return ServiceCard(
        "proposals",
        "Tracing after a review",
        "At each review of somebody long missing a partner that traces is proposed.",
        "",
        lines,
        start if waits is not None else (),
    )
