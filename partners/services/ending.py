"""What the sender's side ends or keeps: taken back, taken over, dealt with; and what a stop ends."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from foundation.access import Refusal, require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid
from missingcases.enums import IncidentStatus, Outcome, StopCause
from missingcases.policies import FAMILY_DANGER
from missingcases.selectors import kept_from_family
from missingcases.services import lock_incident
from partners import policies
from partners.enums import BY_HAND, OPEN, SEARCHES, SHOWN, HoldsBecause, ReferralStatus, WithdrawReason
from partners.models import Referral
from partners.services import telling
from partners.services.common import for_work, give_to, go, locked
from partners.services.merging import follow_merge
from partners.states import still_needed
from partners.system import FOLLOWING

_S = ReferralStatus


@transaction.atomic
def withdraw(*, actor: Actor, referral_id: int, reason: str, words: str = "") -> Referral:
    """Take a referral back, from a draft on to one that is worked on; the partner is told afterwards."""
    referral = for_work(actor, referral_id)
    require(policies.may_withdraw(actor, referral))
    if reason not in BY_HAND:
        raise Invalid({"reason": "Choose why."})
    return _withdraw(actor, referral, WithdrawReason(reason), words)


def _withdraw(actor: Actor, referral: Referral, reason: WithdrawReason, words: str = "") -> Referral:
    return go(
        actor,
        referral,
        _S.WITHDRAWN,
        reason=reason.label,
        withdraw_reason=reason,
        reason_words=words.strip(),
        content="",
    )


@transaction.atomic
def settle(*, actor: Actor, referral_id: int) -> Referral:
    """What came back is dealt with: no other partner is asked."""
    referral = for_work(actor, referral_id)
    require(policies.may_settle(actor, referral))
    referral.settled_at = timezone.now()
    referral.version += 1
    referral.save(update_fields=["settled_at", "version", "updated_at"])
    audit.record(
        actor=actor,
        action="partners.settled",
        target=referral,
        incident_id=referral.incident_id,
        fields=["settled_at"],
    )
    return referral


@transaction.atomic
def resend(*, actor: Actor, referral_id: int) -> Referral:
    """The sender has the link sent anew, to the address in the directory: the earlier one opens nothing."""
    referral = for_work(actor, referral_id)
    require(policies.may_resend(actor, referral))
    telling.write_to_partner(referral, "again", now=timezone.now())
    audit.record(
        actor=actor, action="partners.link_resent", target=referral, incident_id=referral.incident_id
    )
    return referral


@transaction.atomic
def take_over(*, actor: Actor, referral_id: int) -> Referral:
    """Answer for it on the sender's side from now on: a colleague, or the force that the incident went to."""
    referral = for_work(actor, referral_id)
    require(policies.may_take_over(actor, referral))
    require(_runs_already(actor, referral))
    now = timezone.now()
    referral.sent_by_id = actor.user_id
    referral.sender_id = actor.organisation_id or referral.sender_id
    referral.version += 1
    referral.save(update_fields=["sent_by", "sender", "version", "updated_at"])
    if referral.status in {_S.DRAFT, _S.SENT}:
        give_to(referral, referral.sender_id, HoldsBecause.TAKEN_OVER, user_id=actor.user_id, now=now)
    audit.record(
        actor=actor,
        action="partners.taken_over",
        target=referral,
        incident_id=referral.incident_id,
        fields=["sent_by", "sender"],
    )
    return referral


def _runs_already(actor: Actor, referral: Referral) -> Refusal | None:
    """One open referral of an organisation to a partner for one thing: the other's cannot become a second."""
    twins = Referral.objects.filter(
        incident_id=referral.incident_id,
        sender_id=actor.organisation_id,
        partner_id=referral.partner_id,
        takes=referral.takes,
        status__in=sorted(OPEN),
    )
    twin = twins.exclude(pk=referral.pk).first()
    if twin is None:
        return None
    return Refusal(
        "running", f"You have referred them to this partner for this yourselves: {twin.reference}."
    )


@transaction.atomic
def stop_for_incident(*, incident_id: int, cause: str) -> None:
    """The person is found, or was never missing: nobody looks on. Support that was begun is not cut off by a
    finding; it ends with an incident that was cancelled, and with a death. A duplicate's go to the other, and
    end there where the other has itself stopped.
    """
    incident = lock_incident(incident_id)
    dead = incident.outcome == Outcome.LOCATED_DECEASED
    if incident.duplicate_of_id is not None:
        _go_on_with(incident.duplicate_of_id, incident_id)
    rows = Referral.objects.filter(incident_id=incident_id, status__in=sorted(OPEN))
    if cause == StopCause.LOCATED and not dead:
        rows = rows.filter(takes__in=sorted(SEARCHES))
    reason = WithdrawReason.MERGED if cause == StopCause.MERGED else WithdrawReason.STOPPED
    for pk in rows.order_by("pk").values_list("pk", flat=True):
        _withdraw(FOLLOWING, locked(pk), reason)


def _go_on_with(kept_id: int, gone_id: int) -> None:
    searches = Referral.objects.filter(takes__in=sorted(SEARCHES), status__in=sorted(SHOWN))
    came = list(searches.filter(incident_id=gone_id).order_by("pk").values_list("pk", flat=True))
    danger = kept_from_family([kept_id, gone_id])
    follow_merge(kept_id, gone_id, FOLLOWING)
    _stop_needless(kept_id)
    if kept_id in danger and gone_id not in danger:  # whoever sent them knew of no danger
        for pk in (
            searches.filter(pk__in=came, incident_id=kept_id).order_by("pk").values_list("pk", flat=True)
        ):
            _take_back(locked(pk))


def _stop_needless(incident_id: int) -> None:
    """By how the incident stands now: it may have stopped long before they came to it."""
    rows = Referral.objects.filter(incident_id=incident_id, status__in=sorted(OPEN)).order_by("pk")
    for pk in rows.values_list("pk", flat=True):
        referral = locked(pk)
        is_cancelled = referral.incident.status == IncidentStatus.CANCELLED
        if is_cancelled or still_needed(referral, FOLLOWING) is not None:
            _withdraw(FOLLOWING, referral, WithdrawReason.STOPPED)


@transaction.atomic
def stop_for_family_danger(*, person_id: int) -> int:
    """Nobody looks on, or brings together, where somebody in the family may be a danger.

    Whoever sent it weighs that and refers anew. A draft stays: a person sends it. Returns how many were taken
    back.
    """
    rows = Referral.objects.filter(
        incident__person_id=person_id, takes__in=sorted(SEARCHES), status__in=sorted(SHOWN)
    )
    ids = list(rows.order_by("incident_id", "pk").values_list("pk", flat=True))
    return sum(_take_back(locked(pk)) for pk in ids)


def _take_back(referral: Referral) -> bool:
    if referral.status not in SHOWN:
        return False
    telling.tell_managers(
        _withdraw(FOLLOWING, referral, WithdrawReason.RISK, FAMILY_DANGER.message), "endangered"
    )
    return True


@transaction.atomic
def end_for_death(*, incident_id: int) -> None:
    """The outcome says that the person has died: nothing goes on, of an earlier incident neither."""
    incident = lock_incident(incident_id)
    if incident.outcome == Outcome.LOCATED_DECEASED:
        rows = Referral.objects.filter(incident__person_id=incident.person_id, status__in=sorted(OPEN))
        for pk in rows.order_by("incident_id", "pk").values_list("pk", flat=True):
            _withdraw(FOLLOWING, locked(pk), WithdrawReason.STOPPED)
