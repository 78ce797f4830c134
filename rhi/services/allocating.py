"""Sharing referrals out among interviewers, once it is known whose child it is."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from foundation.access import require
from foundation.accounts.enums import Role
from foundation.accounts.models import User
from foundation.accounts.selectors import people_holding
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid, Stale
from foundation.states import move
from rhi import policies
from rhi.enums import EndedBy, ReferralStatus
from rhi.models import Referral
from rhi.selectors import policy_of
from rhi.services.common import for_work
from rhi.services.opening import authorities
from rhi.services.passing_on import pass_on_if_allowed
from rhi.states import REFERRAL
from rhi.system import FOLLOWING


@transaction.atomic
def allocate(*, actor: Actor, referral_id: int, interviewer_id: int, version: int) -> Referral:
    """Give the referral to an interviewer, or to another one than has it. Raises `Stale`, `Refused`."""
    referral = for_work(actor, referral_id)
    require(policies.may_allocate(actor, referral))
    check_version(referral, version)
    person = _interviewer(referral, interviewer_id)
    changes = {"interviewer_id": person.pk, "allocated_at": timezone.now()}
    if referral.status == ReferralStatus.REFERRED:
        return move(referral, REFERRAL, ReferralStatus.ALLOCATED, actor=actor, changes=changes)
    return write(actor, referral, changes, action="rhi.allocated_anew")


def _interviewer(referral: Referral, user_id: int) -> User:
    found = people_holding(referral.provider_id, {Role.RHI_INTERVIEWER}).filter(pk=user_id).first()
    if found is None:
        raise Invalid({"interviewer": "Choose an interviewer of yours."})
    return found


@transaction.atomic
def put_back(*, actor: Actor, referral_id: int, reason: str) -> Referral:
    """Take a referral that was not offered yet from its interviewer."""
    referral = for_work(actor, referral_id)
    require(policies.may_allocate(actor, referral))
    changes = {"interviewer_id": None, "allocated_at": None}
    return move(referral, REFERRAL, ReferralStatus.REFERRED, actor=actor, reason=reason, changes=changes)


@transaction.atomic
def say_authority(*, actor: Actor, referral_id: int, authority_id: int) -> Referral:
    """Say whose child it is, where nobody knew: their authority's arrangement then holds.

    An authority without one ends the referral, with that as its reason; a person may refer by hand.
    """
    referral = for_work(actor, referral_id)
    require(policies.may_say_authority(actor, referral))
    if not authorities().filter(pk=authority_id).exists():
        raise Invalid({"authority": "Choose a local authority."})
    policy = policy_of(authority_id)
    arranged = policy is not None and policy.is_on
    host = None if referral.host_authority_id == authority_id else referral.host_authority_id
    changes = {"authority_id": authority_id, "host_authority_id": host}
    if policy is not None and arranged:
        changes["provider_id"] = policy.provider_id
    write(actor, referral, changes, action="rhi.authority_said")
    if not arranged:
        return move(
            referral,
            REFERRAL,
            ReferralStatus.WITHDRAWN,
            actor=FOLLOWING,
            reason="The responsible authority has no interviews offered through this service.",
            changes={"ended_by": EndedBy.PERSON},
        )
    pass_on_if_allowed(FOLLOWING, referral)
    return referral


def check_version(referral: Referral, version: int) -> None:
    """Raise where a colleague changed the referral since its page was read."""
    if referral.version != version:
        raise Stale


def write(actor: Actor, referral: Referral, changes: dict[str, object], *, action: str) -> Referral:
    """Write fields of a locked referral, audited by their names."""
    for name, value in changes.items():
        setattr(referral, name, value)
    referral.version += 1
    referral.save(update_fields=[*changes, "version", "updated_at"])
    audit.record(
        actor=actor,
        action=action,
        target=referral,
        incident_id=referral.incident_id,
        fields=list(changes),
    )
    return referral
