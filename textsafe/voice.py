"""People who wrote in a conversation, for whoever asks them how it was (missingcases.voice)."""

from __future__ import annotations

from django.urls import reverse

from foundation.access import Refusal
from foundation.actors import Actor
from foundation.messaging.enums import Channel
from foundation.messaging.services.suppression import is_key_suppressed
from missingcases.voice import services as voice
from missingcases.voice.enums import Language, Respondent, Service
from missingcases.voice.sources import Asked, Source, Way
from textsafe.models import Conversation
from textsafe.selectors import opted_out
from textsafe.selectors.conversations import conversations_visible_to

LABEL = Conversation._meta.label
_ERASED = Refusal("gone", "The conversation's number has been erased.")
_STOPPED = Refusal("opted_out", "They asked for no more texts.")


def _find(actor: Actor, reference: str) -> Asked | None:
    rows = conversations_visible_to(actor).select_related("request").filter(reference=reference)
    return _asked(rows.first())


def _named(actor: Actor, conversation_id: int) -> Asked | None:
    rows = conversations_visible_to(actor).select_related("request").filter(pk=conversation_id)
    return _asked(rows.first())


def _asked(row: Conversation | None) -> Asked | None:
    if row is None:
        return None
    wrote = Way(row.pk, f"The number they wrote from, which ends in {row.number[-3:]}")
    return Asked(
        source=LABEL,
        source_id=row.pk,
        words=f"Conversation {row.reference}",
        url=reverse("textsafe:conversation", args=[row.reference]),
        service=Service.TEXTSAFE,
        respondents=(Respondent.ADULT, Respondent.CHILD),
        incident_id=row.request.incident_id if row.request else None,
        ways=(wrote,) if may_text(row.pk, row.pk) is None else (),
        language=Language.WELSH if row.language == Language.WELSH else Language.ENGLISH,
    )


def may_text(conversation_id: int, way: int) -> Refusal | None:
    """Only to the number that wrote, while it is kept and no STOP came from it."""
    row = Conversation.objects.filter(pk=conversation_id).first()
    if row is None or way != row.pk or row.number_erased_at is not None or not row.number:
        return _ERASED
    if opted_out(row.number_key) or is_key_suppressed(voice.SERVICE, Channel.SMS, row.number_key):
        return _STOPPED
    return None


def _number(conversation_id: int, way: int) -> str:
    return Conversation.objects.get(pk=conversation_id).number


textsafe_voice = Source("conversation", LABEL, _find, _named, may_text, _number)
