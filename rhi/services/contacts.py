"""Reaching the child, offering, and what they answered."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid
from foundation.states import move
from rhi import policies
from rhi.authorities import nation_of
from rhi.deadlines import report_due_at
from rhi.enums import (
    ANSWERS,
    ConcernKind,
    ContactChannel,
    Contacted,
    ContactOutcome,
    DeclineReason,
    ReferralStatus,
)
from rhi.models import Concern, ContactAttempt, Referral
from rhi.services.common import for_work, need
from rhi.states import REFERRAL

_REACHED = frozenset({ContactOutcome.TALKED, ContactOutcome.ARRANGED})
_S = ReferralStatus
_NEEDS_A_REASON = frozenset({_S.DECLINED, _S.DECLINED_BUT_TALKED, _S.UNABLE})


@transaction.atomic
def record_attempt(
    *,
    actor: Actor,
    referral_id: int,
    at: datetime,
    channel: str,
    whom: str,
    outcome: str,
    note: str,
    form_token: UUID,
) -> ContactAttempt:
    """Record an attempt to reach the child; the same form sent twice is one. The first that reached the
    child or a carer is the first contact. Raises `Invalid`, `NotVisible`, `Refused`."""
    referral = for_work(actor, referral_id)
    require(policies.may_work(actor, referral))
    known = ContactAttempt.objects.filter(form_token=form_token, referral=referral).first()
    if known is not None:
        return known
    _check_attempt(referral, at, channel, whom, outcome)
    attempt = ContactAttempt.objects.create(
        referral=referral,
        at=at,
        channel=channel,
        whom=whom,
        outcome=outcome,
        note=note.strip(),
        recorded_by_id=actor.user_id or 0,
        form_token=form_token,
    )
    reached = outcome in _REACHED and whom in {Contacted.CHILD, Contacted.CARER}
    if reached and (referral.first_contact_at is None or at < referral.first_contact_at):
        referral.first_contact_at = at
        referral.save(update_fields=["first_contact_at", "updated_at"])
    audit.record(actor=actor, action="rhi.attempt_recorded", target=attempt, incident_id=referral.incident_id)
    return attempt


def _check_attempt(referral: Referral, at: datetime, channel: str, whom: str, outcome: str) -> None:
    problems = _times(referral, at=at)
    for vocabulary, value, name in (
        (ContactChannel, channel, "channel"),
        (Contacted, whom, "whom"),
        (ContactOutcome, outcome, "outcome"),
    ):
        if value not in vocabulary.values:
            problems[name] = "Choose one of the listed values."
    if problems:
        raise Invalid(problems)


def _times(referral: Referral, **moments: datetime) -> dict[str, str]:
    problems: dict[str, str] = {}
    for name, moment in moments.items():
        if moment > timezone.now():
            problems[name] = "This time is in the future."
        elif moment < referral.clock_start:
            problems[name] = "The child had not returned yet at this time."
    return problems


@transaction.atomic
def record_offer(*, actor: Actor, referral_id: int, offered_at: datetime) -> Referral:
    """Record that the interview was offered; once more to somebody who had said no."""
    referral = for_work(actor, referral_id)
    require(policies.may_answer_for(actor, referral, _S.OFFERED))
    if problems := _times(referral, offered_at=offered_at):
        raise Invalid(problems)
    return _offer(actor, referral, offered_at)


def _offer(actor: Actor, referral: Referral, offered_at: datetime) -> Referral:
    changes = {
        "offered_at": min(referral.offered_at or offered_at, offered_at),
        "decline_reason": "",
        "settled_at": None,
        "report_due_at": None,
    }
    return move(referral, REFERRAL, _S.OFFERED, actor=actor, changes=changes)


@transaction.atomic
def record_answer(
    *,
    actor: Actor,
    referral_id: int,
    answer: str,
    answered_at: datetime,
    limits_explained: bool,
    decline_reason: str = "",
) -> Referral:
    """Record what the child, or for `carer_only` the carer, answered to the offer.

    An answer that is a first word of the offer records the offer too. An interview is accepted by
    somebody who was told beforehand what is kept to ourselves and what is not. Where somebody may be
    forcing them, the duty manager has to look. Raises `Invalid`, `NotVisible`, `Refused`.
    """
    referral = for_work(actor, referral_id)
    require(policies.may_work(actor, referral))
    _check_answer(referral, answer, answered_at, decline_reason, limits_explained=limits_explained)
    if referral.status == _S.ALLOCATED:
        _offer(actor, referral, answered_at)
    changes: dict[str, object] = {"answered_at": answered_at, "decline_reason": decline_reason}
    if limits_explained:
        changes["limits_explained_at"] = referral.limits_explained_at or answered_at
    if answer == _S.ACCEPTED:
        changes |= {"settled_at": None, "report_due_at": None}
    else:
        changes |= _settled(referral, answered_at)
    move(referral, REFERRAL, answer, actor=actor, changes=changes)
    _raise_if_forced(actor, referral)
    return referral


def _check_answer(
    referral: Referral, answer: str, at: datetime, reason: str, *, limits_explained: bool
) -> None:
    problems = _times(referral, answered_at=at)
    if answer not in ANSWERS:
        problems["answer"] = "Choose one of the listed values."
    elif answer in _NEEDS_A_REASON and reason not in DeclineReason.values:
        problems["decline_reason"] = "Choose why, as far as it is known."
    elif answer not in _NEEDS_A_REASON and reason:
        problems["decline_reason"] = "A reason belongs to a refusal."
    elif answer == _S.ACCEPTED and not limits_explained:
        problems["limits_explained"] = "First explain what stays between you and what cannot."
    if problems:
        raise Invalid(problems)


def _settled(referral: Referral, at: datetime) -> dict[str, object]:
    due = report_due_at(at, nation=nation_of(referral.authority))
    return {"settled_at": at, "report_due_at": due}


def _raise_if_forced(actor: Actor, referral: Referral) -> None:
    if referral.decline_reason != DeclineReason.COERCION_SUSPECTED:
        return
    concern, made = Concern.objects.get_or_create(
        referral=referral,
        kind=ConcernKind.COERCION,
        settled_at=None,
        defaults={"raised_by_id": actor.user_id or 0, "raised_at": timezone.now()},
    )
    if made:
        audit.record(
            actor=actor, action="rhi.concern_raised", target=concern, incident_id=referral.incident_id
        )


@transaction.atomic
def settle_concern(*, actor: Actor, concern_id: int, settlement: str) -> Concern:
    """Say what was done about a concern; nobody settles what they raised themself."""
    concern = Concern.objects.get(pk=concern_id)
    referral = for_work(actor, concern.referral_id)
    concern = Concern.objects.select_for_update().get(pk=concern_id)
    require(policies.may_settle(actor, referral, concern))
    concern.settlement = need(settlement, "settlement", "Say what was done. This is kept with the record.")
    concern.settled_at, concern.settled_by_id = timezone.now(), actor.user_id
    concern.save(update_fields=["settlement", "settled_at", "settled_by"])
    audit.record(actor=actor, action="rhi.concern_settled", target=concern, incident_id=referral.incident_id)
    return concern


@transaction.atomic
def record_unable(
    *, actor: Actor, referral_id: int, at: datetime, decline_reason: str, reason: str
) -> Referral:
    """Give up offering: nobody could be reached, or they moved. `reason` is kept in words."""
    referral = for_work(actor, referral_id)
    require(policies.may_work(actor, referral))
    problems = _times(referral, at=at)
    if decline_reason not in DeclineReason.values:
        problems["decline_reason"] = "Choose why, as far as it is known."
    if problems:
        raise Invalid(problems)
    changes = {"answered_at": at, "decline_reason": decline_reason, **_settled(referral, at)}
    move(referral, REFERRAL, _S.UNABLE, actor=actor, reason=reason, changes=changes)
    _raise_if_forced(actor, referral)
    return referral


@transaction.atomic
def record_held(*, actor: Actor, referral_id: int, completed_at: datetime) -> Referral:
    """The interview was held: the clock of the report starts. The caller keeps what was said elsewhere."""
    referral = for_work(actor, referral_id)
    require(policies.may_answer_for(actor, referral, _S.COMPLETED))
    if problems := _times(referral, completed_at=completed_at):
        raise Invalid(problems)
    changes = {"completed_at": completed_at, **_settled(referral, completed_at)}
    return move(referral, REFERRAL, _S.COMPLETED, actor=actor, changes=changes)
