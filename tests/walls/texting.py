"""Somebody answered a text, for the walls."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from tests.cast import Member
from textsafe.models import Conversation, ConversationMessage
from textsafe.services import conversations


def talked(caseworker: Member, number: str, words: str) -> Conversation:
    """A conversation of somebody who wrote to the charity, taken up."""
    now = timezone.now()
    talk = Conversation.objects.create(
        charity=caseworker.organisation,
        number=number,
        number_key="one",
        opened_at=now,
        last_in_at=now,
        reply_due_at=now + timedelta(hours=1),
    )
    ConversationMessage.objects.create(conversation=talk, direction="in", text=words, at=now, inbound_id=1)
    conversations.claim_conversation(actor=caseworker.actor, conversation_id=talk.pk)
    conversations.add_note(actor=caseworker.actor, conversation_id=talk.pk, text=words)
    return talk
