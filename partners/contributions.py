"""What partners offer to pages that read across services. Each answers for its actor."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from foundation.accounts.enums import OrganisationKind, Role
from foundation.actors import Actor
from foundation.contributions import (
    HANDED_OVER,
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
from partners import policies, selectors
from partners.enums import HELD, SHOWN, ReferralStatus
from partners.models import Referral
from partners.services.hooks import KIND
from partners.states import READERS, SENDERS

# What it tells is a referral's reference: how it stands is read here, and each look is audited.
status_hook = HookKind(KIND, "How a referral of yours to a partner stands", lane="normal", owners_alone=True)
_SHOWN = 10
_S = ReferralStatus
_TO_DO: dict[str, str] = {
    _S.SENT: "Accept, or say no to,",
    _S.ACCEPTED: "Begin on",
    _S.IN_PROGRESS: "Say how it stands with",
}


def referral_work(actor: Actor) -> WorkQueue | None:
    """A partner's work; a sender's referrals that came back or that nobody answers, and their drafts."""
    if actor.organisation_kind == OrganisationKind.PARTNER:
        return _partner_work(actor) if actor.holds({Role.PARTNER_WORKER}) else None
    if not actor.holds(READERS):
        return None
    rows = _waiting(actor)
    items = tuple(_item(row) for row in rows[:_SHOWN])
    link = Link("All referrals", reverse("partners:listing"))
    empty = "No referral to a partner waits for you."
    return WorkQueue("partners", "Referrals to partners", empty, items, rows.count(), link)


def _waiting(actor: Actor) -> QuerySet[Referral]:
    """Came back; escalated without a word; left as a draft. An inspector sees what is late alone."""
    if not actor.holds(SENDERS):
        return selectors.visible_to(actor).filter(selectors.late()).order_by("escalate_at", "pk")
    own = Q(status=_S.DRAFT, drafted_by_id=actor.user_id)
    rows = selectors.visible_to(actor).filter(selectors.late() | own | selectors.back())
    return rows.order_by(F("ended_at").asc(nulls_last=True), F("escalate_at").asc(nulls_last=True), "pk")


def _item(row: Referral) -> WorkItem:
    url = reverse("partners:referral", args=[row.reference])
    if row.status == _S.DRAFT:
        return WorkItem(f"Send or drop draft {row.reference}", url, None, str(row.get_takes_display()))
    if row.status == _S.SENT:
        words = f"No answer to {row.reference} from {row.partner.name}"
        return WorkItem(
            words, url, row.escalate_at, f"Returns {row.return_at:%d %B}" if row.return_at else ""
        )
    if row.status in HELD:
        words = f"{row.partner.name} does not say how {row.reference} stands"
        return WorkItem(words, url, row.progress_due_at, "Ring them, or choose another partner")
    words = f"Choose what to do about {row.reference}: {row.get_status_display().lower()}"
    return WorkItem(words, url, row.ended_at, row.partner.name)


def _partner_work(actor: Actor) -> WorkQueue:
    rows = selectors.visible_to(actor).filter(status__in=sorted(SHOWN))
    rows = rows.order_by(F("progress_due_at").asc(nulls_first=True), "return_at", "pk")
    items = tuple(
        WorkItem(
            f"{_TO_DO[row.status]} {row.reference}",
            reverse("partners:referral", args=[row.reference]),
            row.return_at if row.status == _S.SENT else row.progress_due_at,
            f"{row.get_takes_display()}, from {row.sender.name}",
        )
        for row in rows[:_SHOWN]
    )
    link = Link("All referrals", reverse("partners:listing"))
    return WorkQueue("partners", "Referrals", "No referral waits for you.", items, rows.count(), link)


def handover(actor: Actor) -> HandoverSection | None:
    """What came back or is not answered, for whoever takes over."""
    if not actor.holds(SENDERS):
        return None
    items = tuple(_item(row) for row in _waiting(actor).exclude(status=_S.DRAFT)[:HANDED_OVER])
    return HandoverSection("partners", "Referrals to partners", "Nothing came back or is late.", items)


def service_card(actor: Actor, incident_id: int) -> ServiceCard | None:
    """The card on an incident's services tab: the referrals of one's own side, and referring."""
    if not actor.holds(READERS) or actor.organisation_kind == OrganisationKind.PARTNER:
        return None
    incident = Incident.objects.select_related("person").get(pk=incident_id)
    refusal = policies.may_refer(actor, incident)
    rows = selectors.referrals_of(actor, incident_id)
    return ServiceCard(
        key="partners",
        title="Partners",
        intro="Partner organisations trace, help where contact was lost, and support: they are told what "
        "they need and no more. A referral is yours until the partner has accepted it.",
        empty="Nobody has been referred to a partner.",
        lines=tuple(_line(row) for row in rows[:20]),
        actions=(Link("Refer to a partner", reverse("partners:refer", args=[incident.reference]), refusal),),
    )


def _line(row: Referral) -> ServiceLine:
    return ServiceLine(
        words=f"{row.get_takes_display()}: {row.partner.name}",
        status=str(row.get_status_display()),
        at=row.ended_at or row.answered_at or row.sent_at or row.drafted_at,
        url=reverse("partners:referral", args=[row.reference]),
    )


def timeline(actor: Actor, incident_id: int) -> list[TimelineItem]:
    """Sent, answered, ended: for the side that sent it. What a partner wrote has no entry."""
    if not actor.holds(READERS):
        return []
    return [item for row in selectors.referrals_of(actor, incident_id) for item in _told(row)]


def _told(row: Referral) -> list[TimelineItem]:
    if row.sent_at is None:
        return []
    url = reverse("partners:referral", args=[row.reference])
    what = f"{row.get_takes_display().lower()}, {row.partner.name}"
    items = [TimelineItem(row.sent_at, "partners.sent", f"Referred to a partner: {what}", row.reference, url)]
    if row.answered_at is not None and row.status != _S.REJECTED:
        words = f"Accepted by the partner: {what}"
        items.append(TimelineItem(row.answered_at, "partners.accepted", words, row.reference, url))
    if row.ended_at is not None:
        words = f"Referral {row.get_status_display().lower()}: {what}"
        items.append(TimelineItem(row.ended_at, f"partners.{row.status}", words, row.reference, url))
    return items
