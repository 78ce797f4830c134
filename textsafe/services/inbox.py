"""What people answer: each text that comes in, where somebody reads it."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from foundation.accounts.selectors import the_charity
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.messaging.enums import Keyword
from foundation.messaging.models import Inbound
from foundation.messaging.selectors import inbound_text
from foundation.messaging.types import InboundText
from foundation.states import move
from textsafe import deadlines
from textsafe.enums import ConversationStatus, Direction, RequestStatus
from textsafe.models import Conversation, ConversationMessage, Request, TriageItem
from textsafe.services.conversations import write_fields
from textsafe.states import CONVERSATION

INBOX = Actor.system("textsafe.inbox")


@transaction.atomic
def take_in(text: InboundText) -> None:
    """Put a text that came in where somebody reads it: its conversation, or triage. Twice is once."""
    inbound = inbound_text(text.inbound_id)
    if ConversationMessage.objects.filter(inbound_id=inbound.pk).exists():
        return
    conversation = _conversation_of(inbound)
    if conversation is None:
        _to_triage(inbound)
        return
    ConversationMessage.objects.create(
        conversation=conversation,
        direction=Direction.IN,
        text=inbound.body,
        at=inbound.received_at,
        inbound_id=inbound.pk,
    )
    audit.record(actor=INBOX, action="textsafe.reply_received", target=conversation, fields=["messages"])
    if inbound.keyword == Keyword.STOP:
        _note_stop(conversation, at=inbound.received_at)
    else:
        _note_reply(conversation, at=inbound.received_at)


def _conversation_of(inbound: Inbound) -> Conversation | None:
    """The number's conversation, locked; a new one where we have written to the number, else None."""
    found = _locked_by_key(inbound.sender_key)
    if found is not None:
        return found
    request = (
        Request.objects.filter(number_key=inbound.sender_key)
        .exclude(sent_at__isnull=True, status__in=_NEVER_LEFT)
        .order_by("-requested_at")
        .first()
    )
    if request is None:
        return None
    return open_conversation(
        request=request, number=inbound.sender, number_key=inbound.sender_key, at=inbound.received_at
    )


_NEVER_LEFT = [
    status for status in RequestStatus if status not in {RequestStatus.SENDING, RequestStatus.UNKNOWN}
]


def _locked_by_key(number_key: str) -> Conversation | None:
    return (
        Conversation.objects.select_for_update(no_key=True)
        .filter(number_key=number_key, number_erased_at__isnull=True)
        .first()
    )


def open_conversation(*, request: Request | None, number: str, number_key: str, at: datetime) -> Conversation:
    """The one conversation of a number; of two made at once the first stays."""
    charity_id = request.charity_id if request else the_charity().pk
    try:
        with transaction.atomic():
            return Conversation.objects.create(
                charity_id=charity_id,
                request=request,
                number=number,
                number_key=number_key,
                opened_at=at,
                **({"language": request.language} if request else {}),
            )
    except IntegrityError:
        found = _locked_by_key(number_key)
        if found is None:
            raise
        return found


def _to_triage(inbound: Inbound) -> None:
    """Nobody here wrote to this number. A STOP has been obeyed already and needs nobody."""
    if inbound.keyword == Keyword.STOP or TriageItem.objects.filter(inbound_id=inbound.pk).exists():
        return
    item = TriageItem.objects.create(
        charity=the_charity(),
        number=inbound.sender,
        number_key=inbound.sender_key,
        text=inbound.body,
        inbound_id=inbound.pk,
        received_at=inbound.received_at,
        look_by=deadlines.reply_due_at(inbound.received_at),
    )
    audit.record(actor=INBOX, action="textsafe.unknown_text_received", target=item)


def _note_stop(conversation: Conversation, *, at: datetime) -> None:
    """STOP: no answer is owed, and none may be sent. The conversation is closed; somebody may read it."""
    changes = {"asked_to_stop_at": at, "reply_due_at": None, "last_in_at": at}
    if conversation.status == ConversationStatus.CLOSED:
        write_fields(conversation, changes)
        return
    move(
        conversation,
        CONVERSATION,
        ConversationStatus.CLOSED,
        actor=INBOX,
        reason="They replied STOP.",
        changes={**changes, "closed_at": at, "claimed_by_id": None},
    )


def _note_reply(conversation: Conversation, *, at: datetime) -> None:
    """The clock runs from the first text that nobody has answered."""
    changes = {"last_in_at": at, "reply_due_at": conversation.reply_due_at or deadlines.reply_due_at(at)}
    if conversation.status == ConversationStatus.WAITING:
        move(conversation, CONVERSATION, ConversationStatus.CLAIMED, actor=INBOX, changes=changes)
    elif conversation.status == ConversationStatus.CLOSED:
        reopened = {**changes, "closed_at": None, "claimed_by_id": None, "claimed_at": None}
        move(conversation, CONVERSATION, ConversationStatus.UNCLAIMED, actor=INBOX, changes=reopened)
    else:
        write_fields(conversation, changes)
