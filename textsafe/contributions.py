"""What TextSafe offers to pages that read across services. Each answers only what its actor may know."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from foundation.accounts.enums import POLICE
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.contributions import (
    HandoverSection,
    Link,
    Merge,
    Retention,
    ServiceCard,
    ServiceLine,
    SubjectAccess,
    SubjectRecord,
    TimelineItem,
    Underway,
    WorkItem,
    WorkQueue,
)
from missingcases.models import Incident
from textsafe import policies, screening, selectors
from textsafe.deadlines import KEEP_NUMBER
from textsafe.enums import OfficerStatus, Origin
from textsafe.models import Request, Veto
from textsafe.selectors.conversations import new_triage, open_escalations
from textsafe.services import retention
from textsafe.states import HELPLINE

_SHOWN = 10
_SENT = frozenset({OfficerStatus.SENT, OfficerStatus.DELIVERED})


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


def conversation_work(actor: Actor) -> WorkQueue | None:
    """Answers owed, unknown texts and concerns: the helpline's, and nobody else's."""
    if not actor.holds(HELPLINE):
        return None
    items, count = _owed(actor)
    link = Link("All conversations", reverse("textsafe:conversations"))
    return WorkQueue(
        "textsafe_replies", "Replies", "Nobody waits for an answer.", items[:_SHOWN], count, link
    )


def _owed(actor: Actor) -> tuple[tuple[WorkItem, ...], int]:
    waiting = selectors.conversations_visible_to(actor).filter(reply_due_at__isnull=False)
    unknown, concerns = new_triage(actor), open_escalations(actor)
    items = [
        WorkItem(
            words=f"Concern {row.reference}{': a life may be in danger' if row.is_threat_to_life else ''}",
            url=reverse("textsafe:concern", args=[row.reference]),
            due_at=row.raised_at,
        )
        for row in concerns[:_SHOWN]
    ]
    items += [
        WorkItem(
            words=f"Answer {row.reference}",
            url=reverse("textsafe:conversation", args=[row.reference]),
            due_at=row.reply_due_at,
            detail=f"With {row.claimed_by.full_name}" if row.claimed_by else "Nobody has it yet",
        )
        for row in waiting.select_related("claimed_by").order_by("reply_due_at")[:_SHOWN]
    ]
    items += [
        WorkItem(
            words=f"Text from an unknown number, {row.reference}",
            url=reverse("textsafe:triage"),
            due_at=row.look_by,
        )
        for row in unknown[:_SHOWN]
    ]
    items.sort(key=lambda item: item.due_at or timezone.now())
    return tuple(items), waiting.count() + unknown.count() + concerns.count()


def handover(actor: Actor) -> HandoverSection | None:
    """What the next shift of the helpline must know."""
    if not actor.holds(HELPLINE):
        return None
    return HandoverSection(
        "textsafe", "TextSafe replies", "Nobody waits for an answer.", items=_owed(actor)[0]
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
    by = row.requested_by.full_name if row.requested_by else "the force's automatic policy"
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


def _merge_requests(keep_id: int, gone_id: int, actor: Actor) -> int:
    """Show them with the incident that is kept; what ran was stopped when the other was cancelled."""
    moved = Request.objects.filter(incident_id=gone_id)
    ids = list(moved.values_list("pk", flat=True))
    moved.update(incident_id=keep_id)
    audit.record(
        actor=actor,
        action="textsafe.requests_merged",
        target=Request,
        target_ids=ids,
        incident_id=keep_id,
        fields=["incident"],
    )
    return len(ids)


def _merge_vetoes(keep_id: int, gone_id: int, actor: Actor) -> int:
    """A veto protects: it comes along unless the kept incident has one of its own."""
    rows = Veto.objects.filter(incident_id=gone_id)
    if selectors.veto_on(keep_id) is not None:
        rows = rows.filter(lifted_at__isnull=False)
    return rows.update(incident_id=keep_id)


MERGE = (
    Merge("textsafe.Request", "incident", _merge_requests),
    Merge("textsafe.Veto", "incident", _merge_vetoes),
)


def _about_requests(ids: Sequence[int], actor: Actor) -> list[SubjectRecord]:
    """The force's own part of the requests: what it asked, and what it knows of the outcome."""
    now = timezone.now()
    rows = Request.objects.filter(incident_id__in=ids, organisation=actor.organisation_id)
    return [
        SubjectRecord(
            title=f"TextSafe request {row.reference}",
            at=row.requested_at,
            fields=(
                ("Number", row.number or "Erased"),
                ("Asked for", str(row.get_origin_display())),
                ("Outcome", str(selectors.seen_by_officer(row, now=now).status.label)),
            ),
            withheld="The charity answers for what was said in confidence.",
        )
        for row in rows.order_by("requested_at")
    ]


def _about_vetoes(ids: Sequence[int], actor: Actor) -> list[SubjectRecord]:
    rows = Veto.objects.filter(incident_id__in=ids, incident__owner=actor.organisation_id)
    return [
        SubjectRecord("No texts to be sent", row.made_at, (("Why", row.reason),))
        for row in rows.order_by("made_at")
    ]


SUBJECT_ACCESS = (
    SubjectAccess("textsafe.Request", "incident", _about_requests),
    SubjectAccess("textsafe.Veto", "incident", _about_vetoes),
)


def _nothing_due(now: datetime) -> list[int]:
    return []


def _erase_nothing(ids: Sequence[int], actor: Actor) -> int:
    return 0


_NUMBER_RULE = "The number is erased 90 days after closure (domain.md section 8)."
_AS_INCIDENT = "Kept with the incident's own record."
RETENTION = (
    Retention(
        "textsafe.Request",
        "incident",
        _NUMBER_RULE,
        KEEP_NUMBER,
        retention.due_requests,
        retention.erase_requests,
    ),
    Retention(
        "textsafe.Conversation",
        "request",
        _NUMBER_RULE,
        KEEP_NUMBER,
        retention.due_conversations,
        retention.erase_conversations,
    ),
    Retention(
        "textsafe.Veto",
        "incident",
        "Kept with the incident's own record.",
        None,
        _nothing_due,
        _erase_nothing,
    ),
)
