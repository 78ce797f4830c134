"""What intelligence reports offer to pages that read across services."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse

from foundation.accounts.enums import POLICE, OrganisationKind
from foundation.actors import Actor
from foundation.contributions import DeskLine, DeskPart, Link, ServiceCard, ServiceLine, WorkItem, WorkQueue
from missingcases.intelligence import selectors
from missingcases.intelligence.enums import ReportStatus
from missingcases.intelligence.models import Report
from missingcases.intelligence.states import APPROVERS, WRITERS
from missingcases.models import Incident

_SHOWN = 10
_MOST = 99
_VERBS = {
    ReportStatus.DRAFT: "Finish",
    ReportStatus.RETURNED: "Mend",
    ReportStatus.WAITING: "Approve or return",
    ReportStatus.APPROVED: "Send",
    ReportStatus.SENT: "Acknowledge",
    ReportStatus.ACKNOWLEDGED: "Say what came of",
}


def received_work(actor: Actor) -> WorkQueue | None:
    """What the actor's force was sent and has not acknowledged."""
    if actor.organisation_kind is not OrganisationKind.POLICE_FORCE or not actor.holds(POLICE):
        return None
    rows = selectors.not_acknowledged(actor)
    items = tuple(_item(row) for row in rows[:_SHOWN])
    return _queue("intelligence", "Intelligence received", items, _count(rows))


def written_work(actor: Actor) -> WorkQueue | None:
    """What the actor has to finish, to approve, or to chase at a force."""
    if not actor.holds(WRITERS):
        return None
    own, waiting = list(selectors.to_write(actor)[:_SHOWN]), list(selectors.to_approve(actor)[:_SHOWN])
    late = list(selectors.late(actor)[:_SHOWN]) if actor.holds(APPROVERS) else []
    chased = tuple(
        WorkItem(f"Ask the force about report {row.reference}", _url(row), row.acknowledge_by) for row in late
    )
    items = (*chased, *(_item(row) for row in (*waiting, *own)))
    return _queue("intelligence", "Intelligence reports", items[:_SHOWN], len(items))


def service_card(actor: Actor, incident_id: int) -> ServiceCard | None:
    """Reports about one incident, and for those who are told things the way to write one."""
    of_force = actor.organisation_kind is OrganisationKind.POLICE_FORCE and actor.holds(POLICE)
    if not (of_force or actor.holds(WRITERS)):
        return None
    rows = list(selectors.about_incident(actor, incident_id)[:_SHOWN])
    if of_force and not rows:
        return None
    lines = tuple(
        ServiceLine(
            f"Report {row.reference}", str(row.get_status_display()), row.sent_at or row.created_at, _url(row)
        )
        for row in rows
    )
    reference = Incident.objects.values_list("reference", flat=True).get(pk=incident_id)
    write = Link("Raise intelligence", f"{reverse('intelligence:write')}?incident={reference}")
    return ServiceCard(
        key="intelligence",
        title="Intelligence",
        intro="What was sent to your force about this incident."
        if of_force
        else "Graded lines for the force. Where they come from stays with your organisation.",
        empty="No report was raised about this incident.",
        lines=lines,
        actions=() if of_force else (write,),
    )


def intelligence_desk(actor: Actor, most: int) -> DeskPart | None:
    """What a force has not acknowledged: on its own desk, and once it is late on the sender's."""
    if actor.organisation_kind is OrganisationKind.POLICE_FORCE and actor.holds(POLICE):
        rows, empty = selectors.not_acknowledged(actor), "No intelligence report waits."
    elif actor.holds(APPROVERS):
        rows, empty = selectors.late(actor), "Every intelligence report was acknowledged in time."
    else:
        return None
    lines = tuple(
        DeskLine(
            row.incident_id if _is_theirs(actor, row) else None,
            row.reference,
            f"{'Acknowledge' if actor.holds(POLICE) else 'Ask the force about'} intelligence {row.reference}",
            _url(row),
            row.acknowledge_by,
        )
        for row in rows[:most]
    )
    return DeskPart("intelligence", "Intelligence not acknowledged", empty, lines)


def _is_theirs(actor: Actor, row: Report) -> bool:
    """Whether the reader's desk may name the incident: the writer's own, and of the force its own."""
    if actor.organisation_id == row.organisation_id or row.incident is None:
        return True
    return row.incident.owner_id == actor.organisation_id


def _queue(key: str, title: str, items: tuple[WorkItem, ...], count: int) -> WorkQueue | None:
    if not items:
        return None
    return WorkQueue(key, title, "", items, count, Link("All reports", reverse("intelligence:list")))


def _count(rows: QuerySet[Report]) -> int:
    return rows.order_by()[:_MOST].values("pk").count()


def _item(row: Report) -> WorkItem:
    due = row.acknowledge_by if row.status == ReportStatus.SENT else None
    words = f"{_VERBS[ReportStatus(row.status)]} report {row.reference}"
    return WorkItem(words, _url(row), due, row.get_urgency_display() if row.urgency == "immediate" else "")


def _url(row: Report) -> str:
    return reverse("intelligence:report", args=[row.reference])
