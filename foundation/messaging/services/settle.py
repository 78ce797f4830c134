"""Writing down how a claim ended. Each ending is one transaction; none is open around the provider."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from foundation.actors import Actor
from foundation.messaging.backoff import wait_after
from foundation.messaging.enums import AttemptOutcome, MessageStatus
from foundation.messaging.gateways.base import NotAccepted
from foundation.messaging.models import Message
from foundation.messaging.services.claim import Claim
from foundation.messaging.services.gates import Verdict
from foundation.messaging.services.log import tell_owners, write_log
from foundation.messaging.services.suppression import suppress_key
from foundation.messaging.states import MESSAGE
from foundation.messaging.switchboard import policy_of
from foundation.states import move_many

SENDER = Actor.system("messaging.send")
# Ours while we send; the sweeper may meanwhile have called it unknown.
HELD = (MessageStatus.SENDING, MessageStatus.UNKNOWN)
# Twilio: the recipient has opted out with the provider itself.
OPTED_OUT_CODES = frozenset({"21610"})
USED_UP = "attempts_used_up"
# How soon an unknown outcome is first looked for at the provider.
FIRST_LOOK = timedelta(seconds=10)


def end(claim: Claim, verdict: Verdict) -> bool:
    """End a claim for good without the provider having taken it; False where it is no longer ours."""
    to = MessageStatus(verdict.to or MessageStatus.FAILED)
    return _move(
        claim,
        to,
        verdict.outcome,
        code=verdict.code,
        reason=verdict.reason,
        changes={
            "failed_code": verdict.code,
            "failed_reason": verdict.reason,
            "settled_at": timezone.now(),
        },
    )


def put_back(
    claim: Claim, *, until: datetime, code: str, reason: str = "", uses_attempt: bool, rejected: bool = False
) -> bool:
    """Queue a claim again for `until`: the provider was not called, or said that it took nothing."""
    outcome = AttemptOutcome.NOT_ACCEPTED if rejected else AttemptOutcome.RELEASED
    tries = claim.message.attempts if uses_attempt else claim.message.attempts - 1
    return _move(
        claim,
        MessageStatus.QUEUED,
        outcome,
        code=code,
        reason=reason,
        changes={
            "next_attempt_at": until,
            "attempts": tries,
            "claim_token": None,
            "claimed_at": None,
            "unknown_since": None,
            "needs_person": False,
        },
    )


def not_accepted(claim: Claim, answer: NotAccepted) -> bool:
    """What follows from a provider's own no."""
    now = timezone.now()
    if answer.code in OPTED_OUT_CODES:
        return _opted_out(claim, answer)
    if answer.permanent:
        return end(claim, _failed(answer.code or "rejected", answer.reason))
    if answer.retry_after is not None:
        until = now + max(answer.retry_after, timedelta(seconds=1))
        return put_back(
            claim,
            until=until,
            code=answer.code,
            reason=answer.reason,
            uses_attempt=False,
            rejected=True,
        )
    return try_later(claim, code=answer.code, reason=answer.reason, rejected=True)


def try_later(claim: Claim, *, code: str, reason: str, rejected: bool) -> bool:
    """Back off, or give up when the service's attempts are used up."""
    tries = claim.message.attempts
    if tries >= policy_of(claim.message.service).max_attempts:
        return end(claim, _failed(USED_UP, reason))
    until = timezone.now() + wait_after(tries)
    return put_back(claim, until=until, code=code, reason=reason, uses_attempt=True, rejected=rejected)


def unknown(claim: Claim, *, code: str, reason: str) -> bool:
    """Nobody knows whether the provider took it: it is looked for, never blindly sent again."""
    now = timezone.now()
    return _move(
        claim,
        MessageStatus.UNKNOWN,
        AttemptOutcome.UNKNOWN,
        code=code,
        reason=reason,
        changes={"unknown_since": now, "next_attempt_at": now + FIRST_LOOK},
    )


def _failed(code: str, reason: str) -> Verdict:
    return Verdict(MessageStatus.FAILED, AttemptOutcome.REJECTED, code, reason)


def _opted_out(claim: Claim, answer: NotAccepted) -> bool:
    """The provider knows of a STOP that we do not: our ledger learns it."""
    verdict = Verdict(MessageStatus.SUPPRESSED, AttemptOutcome.SUPPRESSED, answer.code, answer.reason)
    with transaction.atomic():
        suppress_key(
            actor=SENDER,
            service=claim.message.service,
            channel=claim.message.channel,
            to_key=claim.message.to_key,
            cause="provider",
        )
        return end(claim, verdict)


@transaction.atomic
def _move(
    claim: Claim,
    to: MessageStatus,
    outcome: AttemptOutcome,
    *,
    code: str,
    reason: str,
    changes: Mapping[str, Any],
) -> bool:
    """Move the message if the claim is still the one that holds it; the log gets its line either way."""
    pk = claim.message.pk
    ids = move_many(
        Message.objects.filter(pk=pk, claim_token=claim.token),
        MESSAGE,
        [state for state in HELD if (state, to) in MESSAGE.by_pair],
        to,
        actor=SENDER,
        reason=reason or code,
        changes=changes,
        audited=False,
        keyed=True,
    )
    write_log([pk], outcome, code=code, reason=reason)
    if ids and to != MessageStatus.QUEUED:
        tell_owners(ids, to, at=timezone.now())
    return bool(ids)
