"""A message home that somebody asks for in a conversation."""

from __future__ import annotations

from django.db import transaction

from foundation.access import require
from foundation.actors import Actor
from missingcases.messages_home import services as messages_home
from missingcases.messages_home.models import MessageHome
from textsafe import policies
from textsafe.models import Conversation

SOURCE = Conversation._meta.label


@transaction.atomic
def take_message_home(
    *,
    actor: Actor,
    conversation_id: int,
    for_whom: str,
    words: str,
    consent: bool,
    disclose_location: str,
) -> MessageHome:
    """Keep what they ask us to tell, for the family of the incident that their text belongs to."""
    conversation = (
        Conversation.objects.select_for_update(no_key=True, of=("self",))
        .select_related("request")
        .get(pk=conversation_id)
    )
    require(policies.may_raise(actor, conversation))
    request = conversation.request
    return messages_home.take_message(
        actor=actor,
        for_whom=for_whom,
        words=words,
        consent=consent,
        disclose_location=disclose_location,
        source=SOURCE,
        source_id=conversation.pk,
        incident_id=request.incident_id if request else None,
    )
