"""Contacts, links and concerns, for the charity's helpline and for nobody else."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Least

from families.helpline.enums import ConcernStatus, ContactStatus, LinkStatus
from families.helpline.models import Concern, ContactLink, HelplineContact, HelplineMail
from families.helpline.policies import may_listen
from foundation.accounts.enums import HELPLINE
from foundation.accounts.models import User
from foundation.actors import Actor
from foundation.exceptions import NotVisible
from missingcases.models import Incident
from missingcases.policies import has_held_release, standing

SOURCE = "helpline.HelplineContact"
LISTS = ("open", "mine", "late", "closed")


def contacts_visible_to(actor: Actor) -> QuerySet[HelplineContact]:
    """The contacts of the actor's charity; none for anybody but its helpline."""
    if may_listen(actor) is not None:
        return HelplineContact.objects.none()
    return HelplineContact.objects.filter(charity_id=actor.organisation_id or 0).select_related("claimed_by")


def contacts_of(actor: Actor, *, show: str, now: datetime) -> QuerySet[HelplineContact]:
    """One list of contacts by what is owed first: `open`, `mine`, `late` or `closed`."""
    is_open = ~Q(status=ContactStatus.CLOSED)
    chosen = {
        "open": is_open,
        "mine": is_open & Q(claimed_by_id=actor.user_id or 0),
        "late": Q(answer_due_at__lt=now) | Q(call_back_at__lt=now),
        "closed": Q(status=ContactStatus.CLOSED),
    }[show]
    return _by_clock(contacts_visible_to(actor).filter(chosen))


def _by_clock(rows: QuerySet[HelplineContact]) -> QuerySet[HelplineContact]:
    # Postgres leaves a missing time out of LEAST: the first of the two that there is.
    return rows.annotate(owed_at=Least("answer_due_at", "call_back_at")).order_by(
        F("owed_at").asc(nulls_last=True), "-updated_at", "-pk"
    )


def owed(actor: Actor) -> QuerySet[HelplineContact]:
    """Contacts that wait for an answer or a promised call, the first to be late first."""
    waits = Q(answer_due_at__isnull=False) | Q(call_back_at__isnull=False)
    return _by_clock(contacts_visible_to(actor).filter(waits))


def contact_named(actor: Actor, reference: str) -> HelplineContact:
    """One contact. Raises `NotVisible`."""
    found = contacts_visible_to(actor).filter(reference=reference).first()
    if found is None:
        raise NotVisible(reference)
    return found


def mails_of(contact: HelplineContact) -> QuerySet[HelplineMail]:
    """The e-mails of a contact, the oldest first."""
    return contact.mails.select_related("worker")


def live_link(contact: HelplineContact) -> ContactLink | None:
    """The link that holds, or waits for a manager."""
    rows = contact.links.filter(status__in=[LinkStatus.ASKED, LinkStatus.LINKED])
    return rows.select_related("incident", "asked_by", "decided_by", "contact").first()


def linked_incident(contact: HelplineContact) -> Incident | None:
    """The incident that the contact is linked with."""
    link = live_link(contact)
    return link.incident if link is not None and link.status == LinkStatus.LINKED else None


def links_to_decide(actor: Actor) -> QuerySet[ContactLink]:
    """Links that wait for a manager."""
    rows = ContactLink.objects.filter(contact__in=contacts_visible_to(actor), status=LinkStatus.ASKED)
    return rows.select_related("contact").order_by("asked_at")


def incident_known(actor: Actor, reference: str) -> Incident | None:
    """The incident of that reference, if the charity was ever told anything of it; else None.

    One that does not exist and one that nobody told us of are answered alike.
    """
    incident = Incident.objects.filter(reference=reference.strip().upper()).first()
    if incident is None or not (standing(actor, incident) or has_held_release(actor, incident)):
        return None
    return incident


def concerns_visible_to(actor: Actor) -> QuerySet[Concern]:
    """The concerns of the charity's contacts, the newest first."""
    rows = Concern.objects.filter(contact__in=contacts_visible_to(actor))
    return rows.select_related("contact", "raised_by", "manager", "release__author")


def open_concerns(actor: Actor) -> QuerySet[Concern]:
    """Those not decided yet, lives in danger first."""
    rows = concerns_visible_to(actor).filter(status__in=[ConcernStatus.RAISED, ConcernStatus.TAKEN])
    return rows.order_by("-is_threat_to_life", "raised_at")


def concern_named(actor: Actor, reference: str) -> Concern:
    """One concern. Raises `NotVisible`."""
    found = concerns_visible_to(actor).filter(reference=reference).first()
    if found is None:
        raise NotVisible(reference)
    return found


def colleagues(charity_id: int) -> QuerySet[User]:
    """The people of a charity's helpline."""
    return (
        User.objects.filter(
            is_active=True,
            memberships__organisation_id=charity_id,
            memberships__role__in=HELPLINE,
            memberships__ended_at__isnull=True,
        )
        .distinct()
        .order_by("full_name")
    )
