"""A conversation in the charity's hands: claiming, answering, handing over, closing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from foundation.access import require
from foundation.accounts.enums import HELPLINE
from foundation.accounts.models import Membership
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.audit.selectors import is_up_to_date
from foundation.exceptions import Invalid
from foundation.messaging import services as messaging
from foundation.messaging.enums import Channel, Lane
from foundation.messaging.segments import measure
from foundation.states import move
from textsafe import policies
from textsafe.enums import ConversationStatus, Direction
from textsafe.labels import REPLY_LABEL
from textsafe.models import Conversation, ConversationMessage
from textsafe.selectors import opted_out
from textsafe.selectors.conversations import REPLY_SERVICE
from textsafe.states import CONVERSATION

REPLY_GUARD = "textsafe.reply"
REPLY_VALID = timedelta(hours=4)  # a phone that was off still gets the answer; next day it would confuse
LONGEST_REPLY = 3  # segments
_READ = "textsafe.conversation_read"


def write_fields(conversation: Conversation, changes: Mapping[str, datetime | None]) -> None:
    """Write fields of a locked conversation whose status stays."""
    for name, value in changes.items():
        setattr(conversation, name, value)
    conversation.version += 1
    conversation.save(update_fields=[*changes, "version", "updated_at"])


def _locked(conversation_id: int) -> Conversation:
    return Conversation.objects.select_for_update(no_key=True).get(pk=conversation_id)


@transaction.atomic
def claim_conversation(*, actor: Actor, conversation_id: int) -> Conversation:
    """Take a conversation: from now on this person answers it."""
    conversation = _locked(conversation_id)
    require(policies.may_claim(actor, conversation))
    changes = {"claimed_by_id": actor.user_id, "claimed_at": timezone.now()}
    return move(conversation, CONVERSATION, ConversationStatus.CLAIMED, actor=actor, changes=changes)


@transaction.atomic
def answer(*, actor: Actor, conversation_id: int, text: str, form_token: UUID) -> ConversationMessage:
    """Write to the person. The same `form_token` twice is one text. Raises `Refused` and `Invalid`."""
    conversation = _locked(conversation_id)
    known = ConversationMessage.objects.filter(form_token=form_token, conversation=conversation).first()
    if known is not None:
        return known
    require(policies.may_answer(actor, conversation, opted_out=opted_out(conversation.number_key)))
    words = _checked(text)
    now = timezone.now()
    row = ConversationMessage.objects.create(
        conversation=conversation,
        direction=Direction.OUT,
        text=words,
        at=now,
        author_id=actor.user_id,
        form_token=form_token,
        answers_due_at=conversation.reply_due_at,
    )
    message = messaging.queue_message(
        actor=actor,
        channel=Channel.SMS,
        lane=Lane.NORMAL,
        to=conversation.number,
        body=words,
        service=REPLY_SERVICE,
        owner=(REPLY_LABEL, row.pk),
        guard=REPLY_GUARD,
        organisation_id=conversation.charity_id,
        valid_until=now + REPLY_VALID,
        dedupe_key=f"textsafe.reply.{row.pk}",
    )
    row.message_id = message.pk
    row.save(update_fields=["message_id"])
    changes: dict[str, datetime | None] = {"last_out_at": now, "reply_due_at": None}
    if conversation.status == ConversationStatus.CLAIMED:
        move(conversation, CONVERSATION, ConversationStatus.WAITING, actor=actor, changes=changes)
    else:
        write_fields(conversation, changes)
        audit.record(actor=actor, action="textsafe.conversation_answered", target=conversation)
    return row


def _checked(text: str) -> str:
    words = text.strip()
    if not words:
        raise Invalid({"text": "Write your answer."})
    size = measure(words)
    if size.segments > LONGEST_REPLY:
        raise Invalid(
            {"text": f"Shorten it: this would take {size.segments} texts, and {LONGEST_REPLY} is the most."}
        )
    return words


@transaction.atomic
def add_note(*, actor: Actor, conversation_id: int, text: str) -> ConversationMessage:
    """Leave a note beside the conversation for colleagues; it is never sent."""
    conversation = _locked(conversation_id)
    require(policies.may_raise(actor, conversation))
    return _note(conversation, actor, text)


def _note(conversation: Conversation, actor: Actor, text: str) -> ConversationMessage:
    if not text.strip():
        raise Invalid({"note": "Write the note."})
    row = ConversationMessage.objects.create(
        conversation=conversation,
        direction=Direction.NOTE,
        text=text.strip(),
        at=timezone.now(),
        author_id=actor.user_id,
    )
    audit.record(actor=actor, action="textsafe.note_added", target=conversation, fields=["messages"])
    return row


@transaction.atomic
def hand_over(*, actor: Actor, conversation_id: int, to_user_id: int | None, note: str) -> Conversation:
    """Give the conversation to a colleague, or back to everybody with `to_user_id` None.

    The clock runs on. `note` says what the next person must know.
    """
    conversation = _locked(conversation_id)
    require(policies.may_put_back(actor, conversation))
    if to_user_id is not None and not _answers_texts(to_user_id, conversation.charity_id):
        raise Invalid({"to": "Choose a colleague who answers texts."})
    if note.strip():
        _note(conversation, actor, note)
    if to_user_id is None:
        return _put_back(conversation, actor)
    conversation.claimed_by_id = to_user_id
    conversation.claimed_at = timezone.now()
    conversation.version += 1
    conversation.save(update_fields=["claimed_by", "claimed_at", "version", "updated_at"])
    audit.record(
        actor=actor, action="textsafe.conversation_handed_over", target=conversation, fields=["claimed_by"]
    )
    return conversation


def _put_back(conversation: Conversation, actor: Actor) -> Conversation:
    """Nobody's again. One that waits for the person is nobody's only when they write."""
    if conversation.status == ConversationStatus.WAITING:
        move(conversation, CONVERSATION, ConversationStatus.CLAIMED, actor=actor)
    changes = {"claimed_by_id": None, "claimed_at": None}
    return move(conversation, CONVERSATION, ConversationStatus.UNCLAIMED, actor=actor, changes=changes)


def _answers_texts(user_id: int, charity_id: int) -> bool:
    return Membership.objects.filter(
        user_id=user_id,
        user__is_active=True,
        organisation_id=charity_id,
        role__in=HELPLINE,
        ended_at__isnull=True,
    ).exists()


@transaction.atomic
def close_conversation(*, actor: Actor, conversation_id: int, reason: str) -> Conversation:
    """Close it. Another text from the person opens it again, for everybody."""
    conversation = _locked(conversation_id)
    require(policies.may_close(actor, conversation))
    now = timezone.now()
    changes = {"closed_at": now, "reply_due_at": None, "claimed_by_id": None, "claimed_at": None}
    return move(
        conversation, CONVERSATION, ConversationStatus.CLOSED, actor=actor, reason=reason, changes=changes
    )


@transaction.atomic
def record_opened(*, actor: Actor, conversation: Conversation, again: bool = False) -> None:
    """Note that somebody read a conversation.

    With `again`, the same reading goes on, and is noted only where something came to it since.
    """
    if again and is_up_to_date(actor, action=_READ, target=conversation):
        return
    audit.record(
        actor=actor,
        action=_READ,
        target=conversation,
        fields=["messages"],
        outside_own_work=conversation.claimed_by_id not in {None, actor.user_id},
    )
