"""Conversations, unknown texts, concerns: for the charity's helpline and for nobody else."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.shortcuts import get_object_or_404

from foundation.accounts.enums import HELPLINE
from foundation.actors import Actor
from foundation.messaging.enums import Channel
from foundation.messaging.services.suppression import is_key_suppressed
from textsafe.enums import ConversationStatus, EscalationStatus, TriageStatus
from textsafe.models import Conversation, Escalation, TriageItem
from textsafe.selectors.facts import SERVICE

REPLY_SERVICE = "textsafe_reply"


def conversations_visible_to(actor: Actor) -> QuerySet[Conversation]:
    """The charity's own conversations, for helpline staff; none for anybody else."""
    if not actor.holds(HELPLINE) or actor.organisation_id is None:
        return Conversation.objects.none()
    return Conversation.objects.filter(charity_id=actor.organisation_id)


def conversations_of(actor: Actor, *, show: str, now: datetime) -> QuerySet[Conversation]:
    """One list of conversations, by its clock: `open`, `mine`, `late` or `closed`."""
    rows = conversations_visible_to(actor).select_related("claimed_by")
    chosen = {
        "open": ~Q(status=ConversationStatus.CLOSED),
        "mine": Q(claimed_by_id=actor.user_id) & ~Q(status=ConversationStatus.CLOSED),
        "late": Q(reply_due_at__lt=now),
        "closed": Q(status=ConversationStatus.CLOSED),
    }[show]
    owed = Case(When(reply_due_at__isnull=True, then=Value(1)), default=Value(0), output_field=IntegerField())
    return rows.filter(chosen).order_by(owed, "reply_due_at", "-updated_at", "-pk")


def conversation_for(actor: Actor, reference: str) -> Conversation:
    """One conversation; 404 for everybody but the helpline."""
    rows = conversations_visible_to(actor).select_related("claimed_by", "request")
    return get_object_or_404(rows, reference=reference)


def triage_visible_to(actor: Actor) -> QuerySet[TriageItem]:
    """Texts from unknown numbers that nobody has dealt with, the oldest first."""
    if not actor.holds(HELPLINE):
        return TriageItem.objects.none()
    return TriageItem.objects.filter(charity_id=actor.organisation_id).order_by("look_by", "pk")


def triage_for(actor: Actor, reference: str) -> TriageItem:
    """One text from an unknown number."""
    return get_object_or_404(triage_visible_to(actor), reference=reference)


def new_triage(actor: Actor) -> QuerySet[TriageItem]:
    """Those still to be read."""
    return triage_visible_to(actor).filter(status=TriageStatus.NEW)


def escalations_visible_to(actor: Actor) -> QuerySet[Escalation]:
    """Concerns of the charity's conversations, newest first."""
    return (
        Escalation.objects.filter(conversation__in=conversations_visible_to(actor))
        .select_related("conversation", "conversation__request", "raised_by", "manager", "release__author")
        .order_by("-raised_at", "-pk")
    )


def escalation_for(actor: Actor, reference: str) -> Escalation:
    """One concern."""
    return get_object_or_404(escalations_visible_to(actor), reference=reference)


def open_escalations(actor: Actor) -> QuerySet[Escalation]:
    """Those not decided yet."""
    return escalations_visible_to(actor).filter(status__in=[EscalationStatus.RAISED, EscalationStatus.TAKEN])


def opted_out(number_key: str) -> bool:
    """Whether the number asked for no more texts: no request and no reply may go to it."""
    return any(is_key_suppressed(service, Channel.SMS, number_key) for service in (SERVICE, REPLY_SERVICE))
