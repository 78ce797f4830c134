"""What alerts offer to pages that read across services. Each answers only what its actor may know."""

from __future__ import annotations

from django.urls import reverse

from alerts import policies, selectors
from alerts.cap.selectors import cancel_of
from alerts.enums import RUNNING, AlertStatus
from alerts.models import ChildRescueAlert
from alerts.states import AUTHORISERS, CHARITY, NATIONAL, WITNESSES
from foundation.accounts.enums import POLICE
from foundation.actors import Actor
from foundation.contributions import (
    HANDED_OVER,
    HandoverSection,
    Link,
    ServiceCard,
    ServiceLine,
    TimelineItem,
    Underway,
    WorkItem,
    WorkQueue,
)
from missingcases.models import Incident

_S = AlertStatus
_SHOWN = 10
_TO_DO = {
    _S.PROPOSED: "Authorise alert {}",
    _S.FORCE_AUTHORISED: "Agree to alert {}",
    _S.NCA_AGREED: "Issue alert {}",
    _S.ISSUED: "Review alert {}",
}


def alert_work(actor: Actor) -> WorkQueue | None:
    """What waits for somebody like the actor; nothing is shown where nothing waits."""
    if not actor.holds(AUTHORISERS | WITNESSES | NATIONAL):
        return None
    rows = selectors.waiting_for(actor).select_related("force")
    items = tuple(_item(actor, row) for row in rows[:_SHOWN])
    if not items:
        return None
    # Who was only asked to witness sees that one and no list.
    is_in_the_room = actor.holds(AUTHORISERS | CHARITY | NATIONAL)
    link = Link("All alerts", reverse("alerts:listing")) if is_in_the_room else None
    return WorkQueue("alerts", "Child Rescue Alerts", "", items, rows.count(), link)


def _item(actor: Actor, row: ChildRescueAlert) -> WorkItem:
    return WorkItem(
        words=_words(actor, row),
        url=reverse("alerts:room", args=[row.reference]),
        due_at=row.review_at if row.status == _S.ISSUED else row.proposed_at,
        detail=f"Rehearsal, {row.force.name}" if row.is_rehearsal else row.force.name,
    )


def _words(actor: Actor, row: ChildRescueAlert) -> str:
    if actor.holds(CHARITY) and cancel_of(row.pk) is not None:
        return f"The national system called it off: end alert {row.reference}"
    if row.status == _S.FORCE_AUTHORISED and actor.holds(WITNESSES):
        recorded = selectors.agreement_of(row) is not None
        said = "Witness the agreement to alert {}" if recorded else "Agreement by telephone? Alert {}"
        return said.format(row.reference)
    if row.status == _S.PROPOSED and not actor.holds(AUTHORISERS):
        return f"Proposed: alert {row.reference}"
    return _TO_DO[_S(row.status)].format(row.reference)


def handover(actor: Actor) -> HandoverSection | None:
    """What runs, for the duty manager who takes over."""
    if not actor.holds(CHARITY):
        return None
    items = tuple(_item(actor, row) for row in selectors.running(actor)[:HANDED_OVER])
    return HandoverSection("alerts", "Child Rescue Alerts", "No alert is open.", items)


def service_card(actor: Actor, incident_id: int) -> ServiceCard | None:
    """The card on an incident's services tab: for its own force alone."""
    incident = Incident.objects.get(pk=incident_id)
    if not actor.holds(POLICE) or actor.organisation_id != incident.owner_id:
        return None
    rows = list(selectors.alerts_of(actor, incident_id))
    return ServiceCard(
        key="alerts",
        title="Child Rescue Alert",
        intro="Where a child's life is in danger, the public of an area is asked for help at once. Your "
        "force proposes and authorises it, the national unit agrees, and the charity issues it.",
        empty="No alert has been proposed.",
        lines=tuple(_line(row) for row in rows),
        actions=_actions(actor, incident, rows),
    )


def _line(row: ChildRescueAlert) -> ServiceLine:
    return ServiceLine(
        words=f"Alert {row.reference}",
        status=row.status,
        at=row.ended_at or row.issued_at or row.proposed_at,
        url=reverse("alerts:room", args=[row.reference]),
    )


def _actions(actor: Actor, incident: Incident, rows: list[ChildRescueAlert]) -> tuple[Link, ...]:
    """One child has one alert at a time: while it runs, its line is the way in."""
    if any(row.status in RUNNING for row in rows):
        return ()
    address = reverse("alerts:propose", args=[incident.reference])
    return (Link("Propose an alert", address, policies.may_propose(actor, incident)),)


_TOLD = (
    ("proposed_at", "proposed", "Child Rescue Alert proposed"),
    ("authorised_at", "authorised", "Child Rescue Alert authorised by the force"),
    ("agreed_at", "agreed", "Child Rescue Alert agreed nationally"),
)


def timeline(actor: Actor, incident_id: int) -> list[TimelineItem]:
    """The steps up to issue, for whoever sees the alert; issue and what follows it write themselves."""
    return [item for row in selectors.alerts_of(actor, incident_id) for item in _items(row)]


def _items(row: ChildRescueAlert) -> list[TimelineItem]:
    url = reverse("alerts:room", args=[row.reference])
    items = [
        TimelineItem(at, f"alerts.{kind}", words, f"Alert {row.reference}", url)
        for name, kind, words in _TOLD
        if (at := getattr(row, name)) is not None
    ]
    if row.ended_at is not None and row.issued_at is None:
        ended = f"Child Rescue Alert {row.get_status_display().lower()}"
        items.append(TimelineItem(row.ended_at, "alerts.ended", ended, f"Alert {row.reference}", url))
    return items


def underway(actor: Actor, incident_id: int) -> list[Underway]:
    """An alert that still runs although the incident has stopped: somebody has to end it."""
    return [
        Underway(row.issued_at or row.proposed_at, f"Alert {row.reference} still runs: end it in its room")
        for row in selectors.alerts_of(actor, incident_id).filter(status__in=sorted(RUNNING))
    ]
