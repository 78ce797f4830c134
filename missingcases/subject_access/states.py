"""The ways of a request. One person reviews, another looks a second time; the worker does what is long."""

from __future__ import annotations

from foundation.access import Refusal
from foundation.accounts.enums import SUPERINTENDENTS, Role
from foundation.actors import Actor
from foundation.states import StateTable, Transition
from missingcases.subject_access.enums import ENDED, Decision
from missingcases.subject_access.enums import RequestStatus as S
from missingcases.subject_access.models import AccessRequest

REVIEWERS = frozenset({Role.AUDITOR})
CONFIRMERS = REVIEWERS | SUPERINTENDENTS | {Role.CHARITY_MANAGER}
_SYSTEM = frozenset({Role.SYSTEM})
_OTHER = Refusal("other_organisation", "The organisation that was asked answers.")


def own(request: AccessRequest, actor: Actor) -> Refusal | None:
    """Whoever was asked, answers."""
    return None if actor.organisation_id == request.organisation_id else _OTHER


def may_be_collected(request: AccessRequest, actor: Actor) -> Refusal | None:
    """Nothing is gathered for somebody who may be anybody."""
    if request.identity_checked_at is None:
        return Refusal("identity", "Check first who asks, and note how.")
    return own(request, actor)


def may_be_finished(request: AccessRequest, actor: Actor) -> Refusal | None:
    """Everything is decided."""
    if request.items.filter(decision=Decision.UNDECIDED).exists():
        return Refusal("undecided", "Decide of everything that was found first.")
    return own(request, actor)


def may_be_confirmed(request: AccessRequest, actor: Actor) -> Refusal | None:
    """By somebody who did not review it."""
    if actor.user_id == request.reviewed_by_id:
        return Refusal("own_review", "You reviewed this. Somebody else looks a second time.")
    return own(request, actor)


ACCESS = StateTable(
    name="subject_access.AccessRequest",
    states=tuple(S.values),
    initial=(S.RECEIVED,),
    transitions=(
        Transition(S.RECEIVED, S.COLLECTING, REVIEWERS, "subject_access.begun", may_be_collected),
        Transition(S.COLLECTING, S.REVIEW, _SYSTEM, "subject_access.collected"),
        Transition(S.REVIEW, S.SECOND_LOOK, REVIEWERS, "subject_access.reviewed", may_be_finished),
        Transition(
            S.SECOND_LOOK, S.REVIEW, CONFIRMERS, "subject_access.sent_back", own, reason_required=True
        ),
        Transition(S.SECOND_LOOK, S.MAKING, CONFIRMERS, "subject_access.confirmed", may_be_confirmed),
        Transition(S.MAKING, S.READY, _SYSTEM, "subject_access.made"),
        Transition(S.READY, S.GIVEN, REVIEWERS, "subject_access.given", own),
        *(
            Transition(one, S.ENDED, REVIEWERS, "subject_access.ended", own, reason_required=True)
            for one in S
            if one not in ENDED and one not in {S.COLLECTING, S.MAKING}
        ),
    ),
)
