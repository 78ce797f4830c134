"""Referring somebody to a counsellor, with their agreement, and what came of it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from families import policies
from families.models import CounsellingReferral
from families.services.common import case_to_write, filled, member_to_write
from families.states import COUNSELLING
from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid, NotVisible
from foundation.states import move


@transaction.atomic
def refer(*, actor: Actor, member_id: int, to: str, agreed: str, has_agreed: bool) -> CounsellingReferral:
    """Refer a member, who agreed, and to what of them being passed on. Raises `Invalid`, `Refused`."""
    member = member_to_write(actor, member_id)
    require(policies.may_contact(member))
    if not has_agreed:
        raise Invalid({"has_agreed": "Ask them first: without their agreement nobody is referred."})
    row = CounsellingReferral.objects.create(
        case=member.case,
        member=member,
        to=filled("to", to, "Say who they are referred to."),
        agreed=filled("agreed", agreed, "Say what they agreed to have passed on."),
        referred_by_id=actor.user_id,
        referred_at=timezone.now(),
    )
    audit.record(actor=actor, action="families.counselling_referred", target=row)
    return row


@transaction.atomic
def record_outcome(*, actor: Actor, referral_id: int, status: str, outcome: str) -> CounsellingReferral:
    """What came of a referral. Raises `IllegalMove` where it cannot come to that."""
    row = CounsellingReferral.objects.filter(pk=referral_id).first()
    if row is None:
        raise NotVisible(f"referral {referral_id}")
    case_to_write(actor, row.case_id)
    changes = {"outcome": outcome.strip(), "changed_at": timezone.now()}
    return move(row, COUNSELLING, status, actor=actor, changes=changes)
