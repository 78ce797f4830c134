"""Who may plan, begin, end and settle a visit."""

from __future__ import annotations

from foundation.access import Refusal
from foundation.actors import Actor
from foundation.visits.enums import VisitStatus
from rhi.enums import AWAITED, NOT_HELD
from rhi.models import Referral, Visit
from rhi.policies.referrals import NOT_VISIBLE, may_allocate_for, may_work
from rhi.states import VISIT


def may_plan_visit(actor: Actor, referral: Referral) -> Refusal | None:
    """Plan a visit to the child or the carer, while there is something to arrange."""
    if (refusal := may_work(actor, referral)) is not None:
        return refusal
    if referral.status not in AWAITED | NOT_HELD:
        return Refusal("settled", "There is nothing left to visit them for.")
    if actor.user_id != referral.interviewer_id:
        return Refusal("not_theirs", "Whoever goes plans the visit.")
    return None


def may_move_visit(actor: Actor, visit: Visit, to: str) -> Refusal | None:
    """Begin, end or cancel a visit: whoever goes, and nobody for them."""
    if actor.user_id is None or actor.user_id != visit.worker_id:
        return NOT_VISIBLE
    return VISIT.may(visit, to, actor)


def may_resolve_visit(actor: Actor, visit: Visit) -> Refusal | None:
    """Say what became of a worker who was not heard of: a manager of the provider."""
    if (refusal := may_allocate_for(actor, visit.referral)) is not None:
        return refusal
    if not visit.called or visit.resolved_at is not None:
        return Refusal("nothing", "This visit waits for nothing.")
    if actor.user_id == visit.worker_id:
        return Refusal("own", "Somebody else says what became of you.")
    return VISIT.may(visit, VisitStatus.RESOLVED, actor)
