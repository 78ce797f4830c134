"""Noting that the charity's staff read what is sensitive: a number, a text, a concern."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from foundation.actors import Actor
from foundation.audit import services as audit
from textsafe.models import Conversation, Escalation, Request, TriageItem


@transaction.atomic
def record_list_read(
    *, actor: Actor, model: type[Request | Conversation | TriageItem | Escalation], ids: Iterable[int]
) -> None:
    """One entry for a list, with the ids that were on it."""
    audit.record(actor=actor, action="textsafe.list_read", target=model, target_ids=ids)


@transaction.atomic
def record_request_opened(*, actor: Actor, request: Request) -> None:
    """A screener saw the number of a request."""
    audit.record(actor=actor, action="textsafe.request_opened", target=request, fields=["number"])


@transaction.atomic
def record_concern_opened(*, actor: Actor, concern: Escalation) -> None:
    """Somebody read a concern."""
    audit.record(actor=actor, action="textsafe.concern_read", target=concern, fields=["concern"])
