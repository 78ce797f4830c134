"""Sending what is claimed: last look, provider, ending. No transaction is open around the provider."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from datetime import datetime, timedelta
from functools import cache
from threading import Lock

import structlog
from django.conf import settings
from django.db import close_old_connections, connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from foundation.messaging.enums import AttemptOutcome, Channel, Lane, MessageStatus, Standing
from foundation.messaging.gateways.base import Accepted, Enclosed, NotAccepted, OutcomeUnknown, Outgoing
from foundation.messaging.gateways.registry import gateway_for, provider_of
from foundation.messaging.gateways.twilio import status_callback_url
from foundation.messaging.models import Message
from foundation.messaging.reply_addresses import reply_address
from foundation.messaging.services import switches
from foundation.messaging.services.claim import Claim, claim_due, claim_one
from foundation.messaging.services.gates import SUPPRESSED, TOO_LATE, Verdict, anything_stands
from foundation.messaging.services.log import write_log
from foundation.messaging.services.proof import prove
from foundation.messaging.services.settle import end, not_accepted, put_back, try_later, unknown
from foundation.messaging.services.standing_aside import stand_aside
from foundation.messaging.services.suppression import is_key_suppressed
from foundation.messaging.switchboard import guard_of, mail_handler, policy_of
from foundation.messaging.types import Signing

log = structlog.get_logger(__name__)

# A claim this old is no longer trusted by whoever holds it...
TRUSTED_FOR = timedelta(seconds=60)
# ...so that the sweeper, which waits longer, never calls lost what is only about to be sent.
LOST_AFTER = timedelta(seconds=180)
# Claimed and sent together. A text is claimed alone, so that nothing claimed waits in a crowd; of bulk, which
# stands aside for others, no more than is sent well within the time that a claim is trusted for.
BATCH = {Lane.ALERT: 1, Lane.URGENT: 1, Lane.NORMAL: 1, Lane.BULK: 12}
# Of one worker, for all its tasks: so many wait for a provider at once...
THREADS = 4
# ...but of bulk one alone is at work in the database, whose side of it gives way to nobody.
_at_work = Lock()
SWEEP_FOR = timedelta(seconds=20)


def send_one(*, message_id: int) -> bool:
    """Claim and send one message; False where it is not due or somebody else has it."""
    claim = claim_one(message_id=message_id)
    if claim is None:
        return False
    carry_out(claim)
    return True


def send_due(*, lane: str) -> int:
    """Send what is due in `lane`, also what Redis lost, for at most `SWEEP_FOR`; returns how many."""
    until = timezone.now() + SWEEP_FOR
    sent = 0
    while timezone.now() < until:
        if lane == Lane.BULK:
            stand_aside()
        claims = claim_due(lane=lane, limit=BATCH[Lane(lane)])
        if not claims:
            break
        _carry_out_all(claims)
        sent += len(claims)
    return sent


def _carry_out_all(claims: list[Claim]) -> None:
    if len(claims) == 1:
        carry_out(claims[0])
        return
    list(_threads().map(_in_thread, claims))


@cache
def _threads() -> ThreadPoolExecutor:
    """Kept, with the connections of its threads, as long as the worker lives."""
    return ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="send")


def _in_thread(claim: Claim) -> None:
    close_old_connections()  # one that was lost since the last is found out by its first statement
    try:
        carry_out(claim)
    except Exception as error:
        # Its claim grows old and the sweeper looks for it at the provider; the others go on.
        log.error("send_failed", message_id=claim.message.pk, error=type(error).__name__)
        connection.close()


def carry_out(claim: Claim) -> None:
    """Send what this worker has claimed, unless a last look forbids it."""
    is_bulk = claim.message.lane == Lane.BULK
    turn = _at_work if is_bulk else nullcontext()
    if is_bulk:
        stand_aside()
    with turn:
        if not _last_look(claim):
            return
    heard = _heard_of(claim.message)
    with turn:
        _write_down(claim, heard)


def _heard_of(message: Message) -> Accepted | NotAccepted | OutcomeUnknown:
    """What the provider says to it; whatever else goes wrong, nobody knows whether it has it."""
    try:
        return _call_provider(message)
    except (NotAccepted, OutcomeUnknown) as answer:
        return answer
    except Exception as error:
        log.error("gateway_broke", message_id=message.pk, error=type(error).__name__)
        return OutcomeUnknown("Our own connection to the provider broke.", code=type(error).__name__[:60])


def _write_down(claim: Claim, heard: Accepted | NotAccepted | OutcomeUnknown) -> None:
    message = claim.message
    if isinstance(heard, NotAccepted):
        not_accepted(claim, heard)
        _tell_other_side(message, heard.code)
    elif isinstance(heard, OutcomeUnknown):
        unknown(claim, code=heard.code, reason=heard.reason)
    else:
        _accepted(message, heard)
        _tell_other_side(message, None)


def _call_provider(message: Message) -> Accepted:
    """The one call, and its one log line: which message, by what way, how it ended, how long it took."""
    outgoing = _outgoing(message)
    started, outcome = time.monotonic(), "broke"
    try:
        accepted = gateway_for(message.channel).send(outgoing)
        outcome = "accepted"
        return accepted
    except (NotAccepted, OutcomeUnknown) as answer:
        outcome = "not_accepted" if isinstance(answer, NotAccepted) else "unknown"
        raise
    finally:
        log.info(
            "provider_called",
            message=message.reference,
            provider=provider_of(message.channel),
            outcome=outcome,
            duration_ms=round((time.monotonic() - started) * 1000),
        )


def _tell_other_side(message: Message, code: str | None) -> None:
    other_side = policy_of(message.service).other_side
    if other_side is not None:
        other_side.heard(message.owner_id, code)


def _last_look(claim: Claim) -> bool:
    """Whether it may go out now: the owner's state first, what stops everybody last.

    Reads after the claim has committed and takes no lock (design.md, How an event travels).
    """
    message = claim.message
    try:
        refusal = guard_of(message.guard)(message.owner_id)
    except Exception as error:
        log.error("guard_broke", message_id=message.pk, guard=message.guard, error=type(error).__name__)
        try_later(claim, code="guard_broke", reason="Its own check could not be made.", rejected=False)
        return False
    if refusal is not None:
        end(
            claim,
            Verdict(
                MessageStatus.CANCELLED, AttemptOutcome.REFUSED, refusal.code[:60], refusal.message[:200]
            ),
        )
        return False
    now = timezone.now()
    if message.valid_until <= now:
        end(claim, TOO_LATE)
        return False
    if settings.READ_ONLY or anything_stands([message]):
        return _stands(claim, now=now)
    return _still_ours(claim, now=now)


def _stands(claim: Claim, *, now: datetime) -> bool:
    """Something may stand against it: each is looked at by itself."""
    message = claim.message
    if is_key_suppressed(message.service, message.channel, message.to_key):
        end(claim, SUPPRESSED)
        return False
    return _still_ours(claim, now=now) and _not_stopped(claim, now=now)


def _still_ours(claim: Claim, *, now: datetime) -> bool:
    if now - claim.at > TRUSTED_FOR:
        put_back(claim, until=now, code="slow", uses_attempt=False)
        return False
    return True


def _not_stopped(claim: Claim, *, now: datetime) -> bool:
    if switches.is_stopped(claim.message.service, lane=claim.message.lane):
        put_back(claim, until=now, code="stopped", uses_attempt=False)
        return False
    return True


def _outgoing(message: Message) -> Outgoing:
    is_text = message.channel == Channel.SMS
    other_side = policy_of(message.service).other_side
    signing = other_side.signing(message.owner_id) if other_side else Signing(message.reference, ())
    left = int((message.valid_until - timezone.now()).total_seconds())
    return Outgoing(
        reference=signing.reference,
        to=message.to,
        body=message.body,
        subject=message.subject,
        status_callback=status_callback_url(message.reference) if is_text else "",
        validity_seconds=max(left, 1),
        sender=settings.MESSAGE_SENDERS.get(f"{message.channel}:{message.service}", ""),
        secrets=signing.secrets,
        enclosed=_enclosed(message),
        reply_to=_reply_to(message),
    )


def _reply_to(message: Message) -> str:
    """Where an answer finds its way back to this message, if anybody takes answers to it."""
    is_answered = message.channel == Channel.EMAIL and mail_handler(message.service) is not None
    return reply_address(message.pk) if is_answered else ""


def _enclosed(message: Message) -> Enclosed | None:
    """What goes with an e-mail, read now. Where that cannot be read nothing has left the house."""
    read = policy_of(message.service).enclosed
    if read is None or message.channel != Channel.EMAIL:
        return None
    try:
        return read(message.owner_id)
    except Exception as error:
        log.error("enclosed_broke", message_id=message.pk, error=type(error).__name__)
        raise NotAccepted("What goes with it could not be read.", permanent=False, code="enclosed") from None


@transaction.atomic(durable=True)
def _accepted(message: Message, accepted: Accepted) -> None:
    """The provider has it, whatever we meanwhile thought: a receipt may have been quicker."""
    at = Value(accepted.at)
    moved = prove(
        [message.pk],
        Standing.ACCEPTED,
        at=accepted.at,
        provider_id=accepted.provider_id,
        changes={"provider": provider_of(message.channel), "sent_at": Coalesce(F("sent_at"), at)},
    )
    write_log([message.pk], AttemptOutcome.ACCEPTED, provider_id=accepted.provider_id)
    if moved:
        return
    Message.objects.filter(pk=message.pk, provider_id="").update(provider_id=accepted.provider_id)
    known = Message.objects.values_list("provider_id", flat=True).get(pk=message.pk)
    if known != accepted.provider_id:
        log.error("message_doubled", message_id=message.pk)
