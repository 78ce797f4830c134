"""What a partner does with a referral: one set of verbs for accounts, links and the API."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid
from partners import policies
from partners.deadlines import PROGRESS_WITHIN
from partners.enums import (
    OUTCOMES_OF,
    HoldsBecause,
    ReferralOutcome,
    ReferralStatus,
    RejectReason,
    ReturnReason,
)
from partners.models import Progress, Referral
from partners.services.common import for_work, give_to, go, need

_S = ReferralStatus
_WHO = "Say who of you answers for it, by name or role."


@transaction.atomic
def accept(*, actor: Actor, referral_id: int, worker: str) -> Referral:
    """Take it: from now on the partner holds it. `worker` is who there answers for it."""
    referral = for_work(actor, referral_id)
    require(policies.may_answer(actor, referral, _S.ACCEPTED))
    now = timezone.now()
    moved = go(
        actor,
        referral,
        _S.ACCEPTED,
        answered_at=now,
        accepted_by_id=actor.user_id,
        worker=need(worker, "worker", _WHO)[:150],
        progress_due_at=now + PROGRESS_WITHIN,
    )
    give_to(moved, moved.partner_id, HoldsBecause.ACCEPTED, user_id=actor.user_id, now=now)
    return moved


@transaction.atomic
def reject(*, actor: Actor, referral_id: int, reason: str, words: str = "") -> Referral:
    """Do not take it, and say why; it is back with its sender at once."""
    referral = for_work(actor, referral_id)
    require(policies.may_answer(actor, referral, _S.REJECTED))
    if reason not in RejectReason.values:
        raise Invalid({"reason": "Choose why."})
    if reason == RejectReason.OTHER:
        need(words, "words", "Say what the reason is.")
    return go(
        actor,
        referral,
        _S.REJECTED,
        reason=RejectReason(reason).label,
        answered_at=timezone.now(),
        reject_reason=reason,
        reason_words=words.strip(),
    )


@transaction.atomic
def report_progress(*, actor: Actor, referral_id: int, words: str) -> Progress:
    """Say how it goes on. The first report moves it to "in progress"."""
    referral = for_work(actor, referral_id)
    require(policies.may_report_progress(actor, referral))
    now, said = timezone.now(), need(words, "words", "Say how it stands, in a sentence or two.")
    row = Progress.objects.create(
        referral=referral, at=now, by_id=actor.user_id, by_client_id=actor.client_id, words=said
    )
    if referral.status == _S.ACCEPTED:
        go(actor, referral, _S.IN_PROGRESS, progress_due_at=now + PROGRESS_WITHIN)
    else:
        referral.progress_due_at = now + PROGRESS_WITHIN
        referral.version += 1
        referral.save(update_fields=["progress_due_at", "version", "updated_at"])
    audit.record(
        actor=actor,
        action="partners.progress_reported",
        target=referral,
        incident_id=referral.incident_id,
        fields=["progress"],
    )
    return row


@transaction.atomic
def complete(*, actor: Actor, referral_id: int, outcome: str, words: str) -> Referral:
    """Say what it came to. What was sent with the referral is no longer shown from then on."""
    referral = for_work(actor, referral_id)
    require(policies.may_answer(actor, referral, _S.COMPLETED))
    if outcome not in OUTCOMES_OF[referral.takes]:
        raise Invalid({"outcome": "Choose what it came to."})
    said = need(words, "words", "Say what was done and found.")
    return go(
        actor,
        referral,
        _S.COMPLETED,
        reason=ReferralOutcome(outcome).label,
        outcome=outcome,
        outcome_words=said,
    )


@transaction.atomic
def give_back(*, actor: Actor, referral_id: int, words: str) -> Referral:
    """The partner accepted it and cannot go on: it returns to its sender, who chooses again."""
    referral = for_work(actor, referral_id)
    require(policies.may_answer(actor, referral, _S.RETURNED))
    said = need(words, "words", "Say why you cannot go on.")
    return go(
        actor,
        referral,
        _S.RETURNED,
        reason=ReturnReason.GIVEN_BACK.label,
        return_reason=ReturnReason.GIVEN_BACK,
        reason_words=said,
    )
