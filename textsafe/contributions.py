"""What TextSafe offers to pages that read across services. Each answers only what its actor may know."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from foundation.accounts.enums import HELPLINE, POLICE
from foundation.actors import Actor
from foundation.contributions import (
    HANDED_OVER,
    HandoverSection,
    HookKind,
    Identity,
    Link,
    ServiceCard,
    ServiceLine,
    TimelineItem,
    Underway,
    WorkItem,
    WorkQueue,
)
from missingcases.models import Incident
from textsafe import policies, screening, selectors
from textsafe.enums import OfficerStatus, Origin
from textsafe.models import Conversation, Request
from textsafe.selectors.conversations import new_triage, open_escalations

_SHOWN = 10
WITHOUT_A_PERSON = {Origin.AUTOMATION: "the force's automatic policy", Origin.SYSTEM: "a system of the force"}
_SENT = frozenset({OfficerStatus.SENT, OfficerStatus.DELIVERED})


def conversation_identity(label: str, record_id: int) -> Identity | None:
    """The number somebody wrote from, so that no intelligence report repeats it."""
    row = Conversation.objects.filter(pk=record_id).first() if label == "textsafe.Conversation" else None
    return Identity(numbers=(row.number,)) if row is not None and row.number else None


def screening_work(actor: Actor) -> WorkQueue | None:
    """The screener's part of "My work"."""
    if not actor.holds(HELPLINE):
        return None
    rows = selectors.screening_queue(actor, now=timezone.now())
    items = tuple(
        WorkItem(
            words=f"Screen TextSafe request {row.reference}",
            url=reverse("textsafe:screen", args=[row.reference]),
            due_at=row.closes_at,
            detail=" ".join(str(one.label) for one in screening.summaries(row.reasons)),
        )
        for row in rows[:_SHOWN]
    )
    link = Link("All requests to screen", reverse("textsafe:queue"))
    return WorkQueue(
        "textsafe_screening",
        "TextSafe requests",
        "No request waits for a screener.",
        items,
        rows.count(),
        link,
    )


# What it tells is a request's reference: how it stands is read by the API, and each look is audited.
status_hook = HookKind(
    "textsafe.status", "What became of a TextSafe you asked for", lane="normal", owners_alone=True
)


def conversation_work(actor: Actor) -> WorkQueue | None:
    """Answers owed, unknown texts and concerns: the helpline's, and nobody else's."""
    if not actor.holds(HELPLINE):
        return None
    items, count = _owed(actor)
    link = Link("All conversations", reverse("textsafe:conversations"))
    return WorkQueue(
        "textsafe_replies", "Replies", "Nobody waits for an answer.", items[:_SHOWN], count, link
    )


def _owed(actor: Actor, most: int = _SHOWN) -> tuple[tuple[WorkItem, ...], int]:
    waiting = selectors.conversations_visible_to(actor).filter(reply_due_at__isnull=False)
    unknown, concerns = new_triage(actor), open_escalations(actor)
    items = [
        WorkItem(
            words=f"Concern {row.reference}{': a life may be in danger' if row.is_threat_to_life else ''}",
            url=reverse("textsafe:concern", args=[row.reference]),
            due_at=row.raised_at,
        )
        for row in concerns[:most]
    ]
    items += [
        WorkItem(
            words=f"Answer {row.reference}",
            url=reverse("textsafe:conversation", args=[row.reference]),
            due_at=row.reply_due_at,
            detail=f"With {row.claimed_by.full_name}" if row.claimed_by else "Nobody has it yet",
        )
        for row in waiting.select_related("claimed_by").order_by("reply_due_at")[:most]
    ]
    items += [
        WorkItem(
            words=f"Text from an unknown number, {row.reference}",
            url=reverse("textsafe:triage"),
            due_at=row.look_by,
        )
        for row in unknown[:most]
    ]
    items.sort(key=lambda item: item.due_at or timezone.now())
    return tuple(items), waiting.count() + unknown.count() + concerns.count()


def handover(actor: Actor) -> HandoverSection | None:
    """What the next shift of the helpline must know."""
    if not actor.holds(HELPLINE):
        return None
    return HandoverSection(
        "textsafe", "TextSafe replies", "Nobody waits for an answer.", items=_owed(actor, HANDED_OVER)[0]
    )


def service_card(actor: Actor, incident_id: int) -> ServiceCard | None:
    """The card on an incident's services tab, for its own force."""
    incident = Incident.objects.get(pk=incident_id)
    if not actor.holds(POLICE) or actor.organisation_id != incident.owner_id:
        return None
    now = timezone.now()
    veto = selectors.veto_on(incident_id)
    return ServiceCard(
        key="textsafe",
        title="TextSafe",
        intro="The charity sends one text that offers free, confidential support. What they answer "
        "stays between them and the charity.",
        empty="No text has been asked for.",
        lines=tuple(_line(row, now=now) for row in selectors.requests_of_incident(actor, incident_id)),
        actions=(
            Link(
                "Send a TextSafe",
                reverse("textsafe:ask", args=[incident.reference]),
                policies.may_request(actor, incident, veto=veto),
            ),
            Link(
                "Allow texts again" if veto else "Stop texts for this incident",
                reverse("textsafe:veto", args=[incident.reference]),
                policies.may_lift_veto(actor, incident, veto=veto)
                if veto
                else policies.may_veto(actor, incident, veto=None),
            ),
        ),
    )


def _line(row: Request, *, now: datetime) -> ServiceLine:
    """Sent or not, without whether it was delivered: that look is audited on its own page."""
    view = selectors.seen_by_officer(row, now=now)
    status = OfficerStatus.SENT if view.status in _SENT else view.status
    by = row.requested_by.full_name if row.requested_by else WITHOUT_A_PERSON[Origin(row.origin)]
    return ServiceLine(
        words=f"TextSafe {row.reference}, asked for by {by}",
        status=str(status.value),
        at=view.sent_at or row.requested_at,
        url=reverse("textsafe:request", args=[row.reference]),
    )


def timeline(actor: Actor, incident_id: int) -> list[TimelineItem]:
    """What the police side's timeline tells: asked for, and sent. Not sent has no time, so it is absent."""
    now = timezone.now()
    items: list[TimelineItem] = []
    for row in selectors.requests_of_incident(actor, incident_id):
        url = reverse("textsafe:request", args=[row.reference])
        asked = "Automatic TextSafe prepared" if row.origin == Origin.AUTOMATION else "TextSafe asked for"
        items.append(TimelineItem(row.requested_at, "textsafe.requested", asked, row.reference, url))
        view = selectors.seen_by_officer(row, now=now)
        if view.sent_at is not None:
            items.append(TimelineItem(view.sent_at, "textsafe.sent", "TextSafe sent", row.reference, url))
    return items


def underway(actor: Actor, incident_id: int) -> list[Underway]:
    """Texts that were already being sent when the incident stopped."""
    return selectors.underway(actor, incident_id)
