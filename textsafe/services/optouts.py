"""Lifting an opt-out: the helpline alone, at the person's wish, in writing or by telephone.

START alone never does this: whoever holds the phone could send it (domain.md section 4).
"""

from __future__ import annotations

from django.db import transaction

from foundation.access import require
from foundation.actors import Actor
from foundation.exceptions import Invalid
from foundation.messaging import numbers
from foundation.messaging import services as messaging
from foundation.messaging.enums import Channel
from foundation.messaging.exceptions import InvalidAddress
from textsafe import policies
from textsafe.models import Conversation
from textsafe.selectors.conversations import REPLY_SERVICE
from textsafe.selectors.facts import SERVICE
from textsafe.services.conversations import write_fields


@transaction.atomic
def lift_suppression(*, actor: Actor, conversation_id: int, reason: str) -> bool:
    """Let us write to a conversation's number again. False where nothing stood against it."""
    conversation = Conversation.objects.select_for_update(no_key=True).get(pk=conversation_id)
    require(policies.may_lift_suppression(actor, conversation))
    return _lift(actor, conversation.number, conversation, reason)


@transaction.atomic
def lift_for_number(*, actor: Actor, number: str, reason: str) -> bool:
    """The same for a number as somebody wrote it: they rang us, or their conversation is erased."""
    require(policies.may_lift_by_number(actor))
    try:
        e164 = numbers.normalise(number)
    except InvalidAddress:
        raise Invalid({"number": "Enter a telephone number, such as 07700 900123."}) from None
    conversation = (
        Conversation.objects.select_for_update(no_key=True)
        .filter(number_key=numbers.key_of(Channel.SMS, e164), number_erased_at__isnull=True)
        .first()
    )
    return _lift(actor, e164, conversation, reason)


def _lift(actor: Actor, number: str, conversation: Conversation | None, reason: str) -> bool:
    if not reason.strip():
        raise Invalid({"reason": "Say how you know that the person wishes it."})
    lifted = [
        messaging.lift(actor=actor, service=service, channel=Channel.SMS, to=number, reason=reason)
        for service in (SERVICE, REPLY_SERVICE)
    ]
    if any(lifted) and conversation is not None:
        write_fields(conversation, {"asked_to_stop_at": None})
    return any(lifted)
