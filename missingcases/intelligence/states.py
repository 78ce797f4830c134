"""The ways of an intelligence report: written, approved by another, sent, answered."""

from __future__ import annotations

from foundation.access import Refusal
from foundation.accounts.enums import HELPLINE, POLICE, Role
from foundation.actors import Actor
from foundation.states import StateTable, Transition
from missingcases.intelligence.enums import WITH_FORCE
from missingcases.intelligence.enums import ReportStatus as S
from missingcases.intelligence.models import Report

# Whoever the charity or an authority has near somebody who may tell them something.
WRITERS = HELPLINE | {Role.FAMILY_SUPPORT, Role.RHI_INTERVIEWER, Role.LOCAL_AUTHORITY}
# They see what their organisation wrote; other writers what they wrote themselves.
DESK = HELPLINE | {Role.LOCAL_AUTHORITY}
APPROVERS = frozenset({Role.CHARITY_MANAGER, Role.LOCAL_AUTHORITY})
# A system of the force answers as its officers do.
_SYSTEM = frozenset({Role.SYSTEM})
RECEIVERS = POLICE | {Role.API_CLIENT}
_OTHER = Refusal("other_organisation", "This is for the organisation that wrote it.")
_NOT_FORCE = Refusal("other_organisation", "This is for the force it was sent to.")
_ITSELF = Refusal("own_work", "Somebody else approves what you wrote yourself.")


def own_side(report: Report, actor: Actor) -> Refusal | None:
    """The organisation that wrote it; not of its desk, one's own reports alone. Or our machinery."""
    if actor.is_system:
        return None
    if actor.organisation_id != report.organisation_id:
        return _OTHER
    return None if actor.holds(DESK) or actor.user_id == report.author_id else _OTHER


def another_person(report: Report, actor: Actor) -> Refusal | None:
    """Somebody of the organisation who did not write it."""
    if actor.organisation_id != report.organisation_id:
        return _OTHER
    return _ITSELF if actor.user_id == report.author_id else None


def force_side(report: Report, actor: Actor) -> Refusal | None:
    """The force that received it, or our machinery after it."""
    return None if actor.is_system or actor.organisation_id == report.force_id else _NOT_FORCE


REPORT = StateTable(
    name="intelligence.Report",
    states=tuple(S.values),
    initial=(S.DRAFT,),
    transitions=(
        *(
            Transition(state, S.WAITING, WRITERS, "intelligence.submitted", own_side)
            for state in (S.DRAFT, S.RETURNED)
        ),
        Transition(
            S.WAITING, S.RETURNED, APPROVERS, "intelligence.returned", another_person, reason_required=True
        ),
        Transition(S.WAITING, S.APPROVED, APPROVERS, "intelligence.approved", another_person),
        Transition(
            S.APPROVED, S.RETURNED, APPROVERS, "intelligence.returned", another_person, reason_required=True
        ),
        Transition(S.APPROVED, S.SENT, APPROVERS, "intelligence.sent", another_person),
        # Our machinery follows a release that was acknowledged, or taken back, by itself.
        Transition(S.SENT, S.ACKNOWLEDGED, RECEIVERS | _SYSTEM, "intelligence.acknowledged", force_side),
        Transition(S.ACKNOWLEDGED, S.OUTCOME, RECEIVERS, "intelligence.outcome_given", force_side),
        *(
            Transition(state, S.WITHDRAWN, WRITERS, "intelligence.withdrawn", own_side, reason_required=True)
            for state in (S.DRAFT, S.WAITING, S.RETURNED)
        ),
        # What was approved, or is with the force, only an approver takes back.
        Transition(
            S.APPROVED, S.WITHDRAWN, APPROVERS, "intelligence.withdrawn", own_side, reason_required=True
        ),
        *(
            Transition(
                state,
                S.WITHDRAWN,
                APPROVERS | _SYSTEM,
                "intelligence.withdrawn",
                own_side,
                reason_required=True,
            )
            for state in WITH_FORCE
        ),
    ),
)
