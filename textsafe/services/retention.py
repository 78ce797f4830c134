"""Erasing numbers when their time is over: 90 days after closure (domain.md section 8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.messaging import services as messaging
from foundation.messaging.selectors import owners_under_way
from textsafe.deadlines import KEEP_NUMBER
from textsafe.enums import ConversationStatus, TriageStatus
from textsafe.labels import REPLY_LABEL, REQUEST_LABEL
from textsafe.models import Conversation, ConversationMessage, Request, TriageItem, Veto


def due_requests(now: datetime) -> list[int]:
    """Requests whose incident has been closed for 90 days and that still hold the number."""
    rows = Request.objects.filter(stopped_at__lte=now - KEEP_NUMBER, number_erased_at__isnull=True)
    return list(rows.order_by("stopped_at").values_list("pk", flat=True))


def due_conversations(now: datetime) -> list[int]:
    """Conversations closed for 90 days that no request of a running incident needs."""
    rows = Conversation.objects.filter(
        status=ConversationStatus.CLOSED, closed_at__lte=now - KEEP_NUMBER, number_erased_at__isnull=True
    ).exclude(request__number_erased_at__isnull=True, request__isnull=False)
    return list(rows.order_by("closed_at").values_list("pk", flat=True))


def due_triage(now: datetime) -> list[int]:
    """Unknown texts that were dealt with 90 days ago."""
    rows = TriageItem.objects.filter(
        handled_at__lte=now - KEEP_NUMBER, number_erased_at__isnull=True
    ).exclude(status=TriageStatus.NEW)
    return list(rows.order_by("handled_at").values_list("pk", flat=True))


@transaction.atomic
def _erase(
    rows: QuerySet[Request] | QuerySet[Conversation] | QuerySet[TriageItem], actor: Actor, **also: str
) -> int:
    ids = list(rows.values_list("pk", flat=True))
    if not ids:
        return 0
    done = rows.model._base_manager.filter(pk__in=ids).update(
        number="", number_key="", number_erased_at=timezone.now(), **also
    )
    audit.record(
        actor=actor,
        action="textsafe.number_erased",
        target=rows.model,
        target_ids=ids,
        fields=["number", "number_key", *also],
    )
    return done


@transaction.atomic
def erase_requests(ids: Sequence[int], actor: Actor) -> int:
    """Erase number and answers of these requests, and their messages; what was done, and when, stays."""
    waiting = owners_under_way(REQUEST_LABEL, ids)
    ids = [pk for pk in ids if pk not in waiting]
    messaging.erase_for_owners(actor=actor, owner_label=REQUEST_LABEL, owner_ids=ids)
    return _erase(Request.objects.filter(pk__in=ids, number_erased_at__isnull=True), actor, answers="")


@transaction.atomic
def erase_conversations(ids: Sequence[int], actor: Actor) -> int:
    """Erase the numbers of these conversations, in their messages and replies too; the words stay here."""
    texts = list(
        ConversationMessage.objects.filter(conversation_id__in=ids).values_list(
            "pk", "conversation_id", "inbound_id"
        )
    )
    late = owners_under_way(REPLY_LABEL, [pk for pk, _, _ in texts])
    waiting = {conversation_id for pk, conversation_id, _ in texts if pk in late}
    ids = [pk for pk in ids if pk not in waiting]
    ended = [(pk, inbound_id) for pk, conversation_id, inbound_id in texts if conversation_id not in waiting]
    messaging.erase_for_owners(actor=actor, owner_label=REPLY_LABEL, owner_ids=[pk for pk, _ in ended])
    messaging.erase_inbound(actor=actor, inbound_ids=[inbound for _, inbound in ended if inbound])
    return _erase(Conversation.objects.filter(pk__in=ids, number_erased_at__isnull=True), actor)


@transaction.atomic
def erase_triage(ids: Sequence[int], actor: Actor) -> int:
    """Erase number and words of these unknown texts."""
    texts = TriageItem.objects.filter(pk__in=ids).values_list("inbound_id", flat=True)
    messaging.erase_inbound(actor=actor, inbound_ids=list(texts))
    return _erase(TriageItem.objects.filter(pk__in=ids, number_erased_at__isnull=True), actor, text="")


def clear_vetoes(incident_ids: Sequence[int]) -> None:
    """Of incidents that are anonymised: that there was a veto stays, why it was made goes."""
    Veto.objects.filter(incident_id__in=list(incident_ids)).update(reason="")
