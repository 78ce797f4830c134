"""At the claim and after it: the last check before a text goes, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from foundation.access import Refusal
from foundation.actors import Actor
from foundation.clock import is_quiet
from foundation.messaging.enums import MessageStatus
from foundation.messaging.models import Message
from foundation.messaging.types import Settlement
from foundation.states import move_many
from textsafe import deadlines, screening
from textsafe.enums import Origin, RequestStatus, WordingStatus
from textsafe.labels import REPLY_LABEL, REQUEST_LABEL
from textsafe.models import Conversation, ConversationMessage, Request
from textsafe.selectors import facts_for, opted_out, policy_of, safe_facts
from textsafe.states import REQUEST

CLAIM = Actor.system("textsafe.claim")
SETTLER = Actor.system("textsafe.settle")
_CLAIMABLE = (RequestStatus.QUEUED, RequestStatus.SENDING, RequestStatus.UNKNOWN)


@transaction.atomic
def check_request(owner_id: int) -> Refusal | None:
    """The guard of a request's text, run at the claim of every attempt; a refusal cancels the message.

    Locks the request alone, reads everything afresh, and marks it as being sent: a stop that comes
    later finds it so and shows it; one that came before has taken it back already.
    """
    request = (
        Request.objects.select_for_update(no_key=True, of=("self",))
        .select_related("phone", "wording")
        .filter(pk=owner_id)
        .first()
    )
    if request is None or request.status not in _CLAIMABLE:
        return Refusal("not_queued", "The request was taken back.")
    now = timezone.now()
    refusal = _against(request, now=now)
    if refusal is None and request.status != RequestStatus.SENDING:
        move_many(
            Request.objects.all(),
            REQUEST,
            (RequestStatus.QUEUED, RequestStatus.UNKNOWN),
            RequestStatus.SENDING,
            actor=CLAIM,
            held={request.pk: request.status},
        )
    return refusal


def _against(request: Request, *, now: datetime) -> Refusal | None:
    safety = safe_facts(request.incident_id)
    reasons = screening.reasons_against(facts_for(request, now=now, safety=safety), now)
    fresh = screening.new_reasons(reasons, request.accepted_reasons)
    if fresh:
        return Refusal("changed", "What was true when it was approved is true no longer.")
    if request.wording is None or request.wording.status != WordingStatus.ACTIVE:
        return Refusal("wording", "Its wording is no longer used.")
    if _is_too_late(safety.risk_level, now=now):
        return Refusal("quiet_hours", "No texts go out at night.")
    if request.origin == Origin.AUTOMATION and not policy_of(request.organisation_id).is_on:
        return Refusal("policy_off", "The force has turned automatic texts off.")
    return None


def _is_too_late(risk_level: str, *, now: datetime) -> bool:
    """Whether the carrier might still be trying when quiet hours have begun."""
    if deadlines.knows_no_quiet(risk_level):
        return False
    tried_until = now + deadlines.LEAST_VALIDITY
    return any(
        is_quiet(at, starts=deadlines.QUIET_STARTS, ends=deadlines.QUIET_ENDS) for at in (now, tried_until)
    )


def check_reply(owner_id: int) -> Refusal | None:
    """The guard of a reply in a conversation."""
    row = ConversationMessage.objects.select_related("conversation").filter(pk=owner_id).first()
    if row is None or row.conversation.number_erased_at is not None:
        return Refusal("gone", "The conversation's number has been erased.")
    if opted_out(row.conversation.number_key):
        return Refusal("opted_out", "They asked for no more texts.")
    return None


def settle(settlements: list[Settlement]) -> None:
    """Take over what became of our texts, in the order in which it happened. Never backwards."""
    for label, status, run in _runs(settlements):
        if label == REQUEST_LABEL:
            _settle_requests(status, run)
        elif label == REPLY_LABEL:
            _settle_replies(status, run)


def _runs(settlements: Sequence[Settlement]) -> Iterator[tuple[str, MessageStatus, list[Settlement]]]:
    for (label, status), run in groupby(settlements, key=lambda one: (one.owner_label, one.status)):
        yield label, MessageStatus(status), list(run)


_PROVEN = {MessageStatus.SENT: RequestStatus.SENT, MessageStatus.DELIVERED: RequestStatus.DELIVERED}
_ENDED = {
    MessageStatus.FAILED: RequestStatus.FAILED,
    MessageStatus.UNKNOWN: RequestStatus.UNKNOWN,
    MessageStatus.SUPPRESSED: RequestStatus.SUPPRESSED,
    MessageStatus.EXPIRED: RequestStatus.EXPIRED,
    MessageStatus.CANCELLED: RequestStatus.CANCELLED,
}


def _ways_to(status: RequestStatus) -> tuple[str, ...]:
    return tuple(row.source for row in REQUEST.transitions if row.to == status)


def _settle_requests(status: MessageStatus, run: list[Settlement]) -> None:
    if status in _PROVEN:
        for one in run:
            _prove(one, _PROVEN[status])
    elif status in _ENDED:
        for one in run:
            _end(one, status)


def _prove(one: Settlement, to: RequestStatus) -> None:
    """The provider has it, or the phone has: true whichever round of the request it was."""
    times = {"sent_at": Coalesce(F("sent_at"), one.at), "needs_person": False}
    if to == RequestStatus.DELIVERED:
        times["delivered_at"] = Coalesce(F("delivered_at"), one.at)
    row = Request.objects.filter(pk=one.owner_id)
    move_many(row, REQUEST, _ways_to(to), to, actor=SETTLER, changes=times)


def _end(one: Settlement, status: MessageStatus) -> None:
    """What did not go, or did not arrive. Only the present round of a request can end it."""
    rows = Request.objects.filter(pk=one.owner_id, message_id=one.message_id)
    if status in {MessageStatus.EXPIRED, MessageStatus.CANCELLED} and _never_left(one):
        request = rows.select_related("phone").first()
        if request is not None and _try_another_way(request):
            return
    sources = tuple(
        source
        for source in _ways_to(_ENDED[status])
        if source not in {RequestStatus.REQUESTED, RequestStatus.APPROVED}
    )
    move_many(rows, REQUEST, sources, _ENDED[status], actor=SETTLER)


def _never_left(one: Settlement) -> bool:
    """Whether no provider can have the message: never accepted, and never in doubt."""
    return Message.objects.filter(
        pk=one.message_id, sent_at__isnull=True, unknown_since__isnull=True, provider_id=""
    ).exists()


def _try_another_way(request: Request) -> bool:
    """A text that never left waits for its next slot, or goes back to a screener, while its window lasts."""
    now = timezone.now()
    if request.status not in {RequestStatus.QUEUED, RequestStatus.SENDING} or request.closes_at <= now:
        return False
    reasons = screening.reasons_against(facts_for(request, now=now), now)
    fresh = screening.new_reasons(reasons, request.accepted_reasons)
    if screening.hard_reasons(fresh):
        return False
    if request.origin == Origin.AUTOMATION and not policy_of(request.organisation_id).is_on:
        return False
    rows = Request.objects.filter(pk=request.pk)
    here = (RequestStatus.QUEUED, RequestStatus.SENDING)
    if not fresh:
        return bool(move_many(rows, REQUEST, here, RequestStatus.APPROVED, actor=SETTLER))
    changes = {"reasons": [reason.value for reason in fresh], "needs_person": True}
    return bool(move_many(rows, REQUEST, here, RequestStatus.REQUESTED, actor=SETTLER, changes=changes))


def _settle_replies(status: MessageStatus, run: list[Settlement]) -> None:
    for one in run:
        row = ConversationMessage.objects.filter(pk=one.owner_id)
        if status is MessageStatus.SENT:
            row.filter(sent_at__isnull=True).update(sent_at=one.at, failed_at=None)
        elif status is MessageStatus.DELIVERED:
            row.update(sent_at=Coalesce(F("sent_at"), one.at), delivered_at=one.at, failed_at=None)
        elif status in _ENDED and status is not MessageStatus.UNKNOWN:
            _reply_failed(row.filter(delivered_at__isnull=True).first(), at=one.at)


def _reply_failed(row: ConversationMessage | None, *, at: datetime) -> None:
    """The person has no answer: the clock runs again, as from when it should have been answered."""
    if row is None:
        return
    row.failed_at = at
    row.save(update_fields=["failed_at"])
    Conversation.objects.filter(pk=row.conversation_id, closed_at__isnull=True).update(
        reply_due_at=Coalesce(F("reply_due_at"), at)
    )
