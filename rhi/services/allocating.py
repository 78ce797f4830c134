"""Sharing referrals out among interviewers, once it is known whose child it is."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from foundation.access import require
from foundation.accounts.enums import Role
from foundation.accounts.models import User
from foundation.accounts.selectors import people_holding
from foundation.actors import Actor
from foundation.exceptions import Invalid
from foundation.states import move
from rhi import policies
from rhi.enums import EndedBy, ReferralStatus
from rhi.models import Referral
from rhi.selectors import policy_of, refusal_of
from rhi.services.common import check_version, for_work, need, write
from rhi.services.opening import authorities
from rhi.services.passing_on import pass_on_if_allowed
from rhi.states import REFERRAL
from rhi.system import FOLLOWING


@transaction.atomic
def allocate(*, actor: Actor, referral_id: int, interviewer_id: int, version: int) -> Referral:
    """Give the referral to an interviewer, or to another one than has it.

    Nobody who works, or worked, for whoever cares for the child, whatever the reason [45]. Raises `Stale`,
    `Refused`, `Invalid`.
    """
    referral = for_work(actor, referral_id)
    require(policies.may_allocate(actor, referral))
    check_version(referral, version, {})
    person = _interviewer(referral, interviewer_id)
    require(refusal_of(referral, person.pk))
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
def say_known(*, actor: Actor, referral_id: int, reason: str) -> Referral:
    """The interviewer knows the child: they give the referral back, and are never given it again."""
    referral = for_work(actor, referral_id)
    require(policies.may_step_back(actor, referral))
    words = need(reason, "reason", "Say how you know them. This is kept with the record.")
    referral.known_to.add(actor.user_id or 0)
    changes = {"interviewer_id": None, "allocated_at": None}
    return move(referral, REFERRAL, ReferralStatus.REFERRED, actor=actor, reason=words, changes=changes)


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
