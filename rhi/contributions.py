"""What Return Home Interviews offer to pages that read across services. Each answers for its actor."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone

from foundation.accounts.enums import POLICE, Role
from foundation.actors import Actor
from foundation.contributions import (
    HANDED_OVER,
    DeskLine,
    DeskPart,
    HandoverSection,
    HookKind,
    Link,
    ServiceCard,
    ServiceLine,
    TimelineItem,
    WorkItem,
    WorkQueue,
)
from missingcases.models import Incident
from rhi import policies, selectors
from rhi.enums import AWAITED, SETTLED, ReferralStatus
from rhi.models import Concern, Referral, Visit
from rhi.selectors.board import narrowed
from rhi.selectors.standing import StandingView, standings_for
from rhi.services.opening import age_of
from rhi.services.telling import KIND
from rhi.states import ALLOCATORS, WORKERS

# What it tells is a referral's reference: how it stands is read by the API, and each look is audited.
status_hook = HookKind(
    KIND, "How a Return Home Interview of a child of yours stands", lane="normal", owners_alone=True
)
_SHOWN = 10
_S = ReferralStatus
_TO_DO = {
    _S.REFERRED: "Choose an interviewer for",
    _S.ALLOCATED: "Offer the interview of",
    _S.OFFERED: "Ask for the answer of",
    _S.ACCEPTED: "Hold the interview of",
}


def alarm_work(actor: Actor) -> WorkQueue | None:
    """Workers who were not heard of, before anything else; nothing where every one was."""
    alarms = selectors.alarms_of(actor)
    items = tuple(_alarm(row) for row in alarms[:_SHOWN])
    if not items:
        return None
    link = Link("All visits", reverse("rhi:visits"))
    return WorkQueue("rhi_visits", "Workers who were not heard of", "", items, alarms.count(), link)


def interview_work(actor: Actor) -> WorkQueue | None:
    """Concerns, and what is open: an interviewer's own, or all of a provider's."""
    if not actor.holds(WORKERS):
        return None
    concerns, open_now = _concerns(actor), _open(actor)
    items = (*(_concern(row) for row in concerns[:_SHOWN]), *(_item(row) for row in open_now[:_SHOWN]))
    count = concerns.count() + open_now.count()
    link = Link("All interviews", reverse("rhi:board"))
    return WorkQueue(
        "rhi", "Return Home Interviews", "No interview waits for you.", items[:_SHOWN], count, link
    )


def _open(actor: Actor) -> QuerySet[Referral]:
    rows = narrowed(selectors.visible_to(actor), "open", now=timezone.now())
    return rows.order_by(F("next_at"), "pk")


def _concerns(actor: Actor) -> QuerySet[Concern]:
    if not actor.holds(ALLOCATORS):
        return Concern.objects.none()
    rows = Concern.objects.filter(
        settled_at__isnull=True, referral__in=selectors.visible_to(actor).order_by().values("pk")
    )
    return rows.exclude(raised_by_id=actor.user_id).select_related("referral").order_by("raised_at", "pk")


def _alarm(row: Visit) -> WorkItem:
    return WorkItem(
        words=f"Ring the worker of visit {row.reference}: not heard of",
        url=reverse("rhi:visit", args=[row.reference]),
        due_at=row.ends_at if row.checked_in_at else row.starts_at,
    )


def _concern(row: Concern) -> WorkItem:
    return WorkItem(
        words=f"Look at a concern about {row.referral.reference}",
        url=reverse("rhi:settle", args=[row.referral.reference]),
        due_at=row.raised_at,
        detail=str(row.get_kind_display()),
    )


def _item(row: Referral) -> WorkItem:
    to_do = "Send the report of" if row.status in SETTLED else _TO_DO[_S(row.status)]
    if row.authority_id is None:
        to_do = "Say which authority is responsible for"
    return WorkItem(
        words=f"{to_do} {row.reference}",
        url=reverse("rhi:referral", args=[row.reference]),
        due_at=row.due_at if row.status in AWAITED else row.report_due_at,
        detail="Out of area" if row.out_of_area else "",
    )


def handover(actor: Actor) -> HandoverSection | None:
    """The clocks that run, and workers not heard of, for whoever takes over."""
    if not actor.holds(ALLOCATORS):
        return None
    items = (
        *(_alarm(row) for row in selectors.alarms_of(actor)[:HANDED_OVER]),
        *(_concern(row) for row in _concerns(actor)[:HANDED_OVER]),
        *(_item(row) for row in _open(actor)[:HANDED_OVER]),
    )
    return HandoverSection("rhi", "Return Home Interviews", "No interview is open.", items)


def visit_desk(actor: Actor, most: int) -> DeskPart | None:
    """Workers who were not heard of, on the duty desk of whoever shares out the interviews."""
    if not actor.holds(ALLOCATORS):
        return None
    lines = tuple(
        DeskLine(
            row.referral.incident_id,
            row.reference,
            f"Visit {row.reference}: the worker was not heard of",
            reverse("rhi:visit", args=[row.reference]),
            row.ends_at if row.checked_in_at else row.starts_at,
        )
        for row in selectors.alarms_of(actor)[:most]
    )
    return DeskPart("rhi_visits", "Visits that are late", "Every worker was heard of.", lines)


def service_card(actor: Actor, incident_id: int) -> ServiceCard | None:
    """The card on an incident's services tab: dates and how it stands for the force, a way in for others."""
    incident = Incident.objects.select_related("person").get(pk=incident_id)
    if actor.organisation_id == incident.owner_id and actor.holds(POLICE):
        lines = tuple(_line(view) for view in standings_for(actor, incident))
        return _card(actor, incident, lines, may_pass_on=True)
    if actor.holds({Role.LOCAL_AUTHORITY}):
        rows = selectors.progress_visible_to(actor).filter(incident_id=incident_id)
        return _card(actor, incident, tuple(_progress(row) for row in rows.order_by("-referred_at")))
    return None


def _card(
    actor: Actor, incident: Incident, lines: tuple[ServiceLine, ...], *, may_pass_on: bool = False
) -> ServiceCard:
    running = selectors.running_of(incident.pk)
    age = age_of(incident, incident.returned_at or timezone.now())
    actions = [
        Link(
            "Refer for an interview",
            reverse("rhi:refer", args=[incident.reference]),
            policies.may_refer(actor, incident, age=age, running=running is not None),
        )
    ]
    if may_pass_on and running is not None:
        actions.append(
            Link(
                "Pass on what we know",
                reverse("rhi:pass_on", args=[incident.reference]),
                policies.may_pass_on(actor, running),
            )
        )
    return ServiceCard(
        key="rhi",
        title="Return Home Interview",
        intro="Every child who comes home is offered a talk within 72 hours, with somebody who does not look "
        "after them. What they say stays with whoever talks with them.",
        empty="No interview has been asked for.",
        lines=lines,
        actions=tuple(actions),
    )


def _line(view: StandingView) -> ServiceLine:
    return ServiceLine(
        words=f"Interview {view.reference}, referred",
        status=str(view.standing.label),
        at=view.held_at or view.referred_at,
    )


def _progress(row: Referral) -> ServiceLine:
    return ServiceLine(
        words=f"Interview {row.reference}",
        status=str(row.get_status_display()),
        at=row.referred_at,
        url=reverse("rhi:referral", args=[row.reference]),
    )


def timeline(actor: Actor, incident_id: int) -> list[TimelineItem]:
    """For the force: referred, held or not held. What was said, or not, has no entry."""
    incident = Incident.objects.get(pk=incident_id)
    return [item for view in standings_for(actor, incident) for item in _told(view)]


def _told(view: StandingView) -> list[TimelineItem]:
    def entry(at: datetime, kind: str, words: str) -> TimelineItem:
        return TimelineItem(at, kind, words, view.reference)

    items = [entry(view.referred_at, "rhi.referred", "Referred for a Return Home Interview")]
    if view.held_at is not None:
        items.append(entry(view.held_at, "rhi.held", "Return Home Interview held"))
    if view.ended_at is not None:
        items.append(entry(view.ended_at, "rhi.not_held", "No Return Home Interview"))
    return items
