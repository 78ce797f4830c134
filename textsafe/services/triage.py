"""Texts from numbers that we never wrote to."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from foundation.access import Refusal, require
from foundation.actors import Actor
from foundation.states import move
from textsafe import deadlines
from textsafe.enums import ConversationStatus, Direction, TriageStatus
from textsafe.models import Conversation, ConversationMessage, TriageItem
from textsafe.services.inbox import open_conversation
from textsafe.states import CONVERSATION, TRIAGE


def _locked(actor: Actor, item_id: int) -> TriageItem:
    item = TriageItem.objects.select_for_update(no_key=True).get(pk=item_id)
    if item.charity_id != actor.organisation_id:
        require(Refusal("organisation", "Only the charity's helpline staff may do this."))
    return item


@transaction.atomic
def open_item(*, actor: Actor, item_id: int) -> Conversation:
    """Make a conversation of it and claim it; its text is the first of the conversation."""
    item = _locked(actor, item_id)
    require(TRIAGE.may(item, TriageStatus.OPENED, actor))
    now = timezone.now()
    conversation = open_conversation(
        request=None, number=item.number, number_key=item.number_key, at=item.received_at
    )
    ConversationMessage.objects.get_or_create(
        inbound_id=item.inbound_id,
        defaults={
            "conversation": conversation,
            "direction": Direction.IN,
            "text": item.text,
            "at": item.received_at,
        },
    )
    _claim(conversation, actor, item, now=now)
    handled = {"handled_by_id": actor.user_id, "handled_at": now, "conversation": conversation, "text": ""}
    move(item, TRIAGE, TriageStatus.OPENED, actor=actor, changes=handled)
    return conversation


def _claim(conversation: Conversation, actor: Actor, item: TriageItem, *, now: datetime) -> None:
    """Claimed by whoever opened it, unless a colleague has it already."""
    if conversation.status != ConversationStatus.UNCLAIMED:
        return
    changes = {
        "claimed_by_id": actor.user_id,
        "claimed_at": now,
        "last_in_at": item.received_at,
        "reply_due_at": conversation.reply_due_at or deadlines.reply_due_at(item.received_at),
    }
    move(conversation, CONVERSATION, ConversationStatus.CLAIMED, actor=actor, changes=changes)


@transaction.atomic
def set_aside(*, actor: Actor, item_id: int, reason: str) -> TriageItem:
    """Say that it needs no answer, and why."""
    item = _locked(actor, item_id)
    changes = {"handled_by_id": actor.user_id, "handled_at": timezone.now()}
    return move(item, TRIAGE, TriageStatus.SET_ASIDE, actor=actor, reason=reason, changes=changes)


@transaction.atomic
def take_up_again(*, actor: Actor, item_id: int) -> TriageItem:
    """Put one that was set aside back among the new."""
    item = _locked(actor, item_id)
    changes = {"handled_by_id": None, "handled_at": None}
    return move(item, TRIAGE, TriageStatus.NEW, actor=actor, changes=changes)
