"""The ways of an interview, and of what comes of it."""

from __future__ import annotations

from foundation.access import Refusal
from foundation.accounts.enums import Role
from foundation.actors import Actor
from foundation.states import StateTable, Transition
from rhi.interviews.enums import InterviewStatus as S
from rhi.interviews.enums import OutcomeStatus as O
from rhi.interviews.models import Interview
from rhi.states import ALLOCATORS, WORKERS

_INTERVIEWER = frozenset({Role.RHI_INTERVIEWER})


def the_assigned(interview: Interview, actor: Actor) -> Refusal | None:
    """Whoever the child talked to finishes it."""
    if actor.user_id is not None and actor.user_id == interview.referral.interviewer_id:
        return None
    return Refusal("not_assigned", "This is for the interviewer it was given to.")


def another_person(interview: Interview, actor: Actor) -> Refusal | None:
    """A second pair of eyes is not the first."""
    if actor.user_id != interview.completed_by_id:
        return None
    return Refusal("same_person", "Somebody else has to approve what you completed.")


INTERVIEW = StateTable(
    name="interviews.Interview",
    states=tuple(S.values),
    initial=(S.DRAFT,),
    lock_root="referral.incident",
    transitions=(
        Transition(S.DRAFT, S.COMPLETED, _INTERVIEWER, "interview.completed", the_assigned),
        Transition(S.COMPLETED, S.APPROVED, ALLOCATORS, "interview.approved", another_person),
        Transition(S.COMPLETED, S.DRAFT, ALLOCATORS, "interview.reopened", reason_required=True),
    ),
)
OUTCOME = StateTable(
    name="interviews.Outcome",
    states=tuple(O.values),
    initial=(O.CONFIRMED, O.DROPPED),
    transitions=(
        Transition(O.CONFIRMED, O.DONE, WORKERS, "outcome.done"),
        Transition(O.CONFIRMED, O.DROPPED, WORKERS, "outcome.dropped", reason_required=True),
    ),
)
