"""The ways of an appeal, a placement and a sighting (domain.md section 3)."""

from __future__ import annotations

from typing import Any

from appeals.enums import AppealStatus, PlacementStatus, SightingStatus, SubmissionKind
from foundation.access import Refusal
from foundation.accounts.enums import POLICE, PUBLICITY_DESK, SUPERVISORS, Role
from foundation.actors import Actor
from foundation.states import StateTable, Transition

_SYSTEM = frozenset({Role.SYSTEM})
# Withdrawing needs only one person, on either side: whoever sees the harm ends it.
WITHDRAWERS = PUBLICITY_DESK | POLICE | {Role.CHARITY_CASEWORKER, Role.API_CLIENT} | _SYSTEM

# Who may write its content, and by that undo what was authorised.
REWRITERS = PUBLICITY_DESK | POLICE | {Role.API_CLIENT} | _SYSTEM

_A = AppealStatus
# Nothing of these is on any channel.
BEFORE_LIVE = (_A.REQUESTED, _A.DRAFT, _A.POLICE_AUTHORISED, _A.FAMILY_CONSENTED, _A.SCHEDULED)
ON_CHANNELS = (_A.LIVE, _A.PAUSED)
# What an edit of its content undoes: whoever authorised it authorised other words.
AUTHORISED = (_A.POLICE_AUTHORISED, _A.FAMILY_CONSENTED, _A.SCHEDULED)


def _of_an_alert(row: Any, actor: Actor) -> Refusal | None:
    """Nothing but a Child Rescue Alert goes out without the gates of an appeal."""
    if row.alert_id is None:
        return Refusal("no_alert", "An appeal is authorised and consented to before it is published.")
    return None


APPEAL = StateTable(
    name="appeals.Appeal",
    states=tuple(_A.values),
    initial=(_A.REQUESTED, _A.DRAFT),
    lock_root="incident",
    transitions=(
        Transition(_A.REQUESTED, _A.DRAFT, PUBLICITY_DESK, "appeals.taken_up"),
        *(
            Transition(
                state, _A.DECLINED, PUBLICITY_DESK | SUPERVISORS, "appeals.declined", reason_required=True
            )
            for state in (_A.REQUESTED, _A.DRAFT, _A.POLICE_AUTHORISED, _A.FAMILY_CONSENTED)
        ),
        Transition(_A.DECLINED, _A.DRAFT, PUBLICITY_DESK, "appeals.taken_up_again", reason_required=True),
        Transition(_A.DRAFT, _A.POLICE_AUTHORISED, SUPERVISORS, "appeals.authorised"),
        # The last answer or the inspector's override completes it; whoever recorded it stands in its entry.
        Transition(
            _A.POLICE_AUTHORISED, _A.FAMILY_CONSENTED, PUBLICITY_DESK | POLICE | _SYSTEM, "appeals.consented"
        ),
        *(Transition(state, _A.DRAFT, REWRITERS, "appeals.returned_to_draft") for state in AUTHORISED),
        *(
            Transition(state, _A.POLICE_AUTHORISED, PUBLICITY_DESK | POLICE | _SYSTEM, "appeals.consent_lost")
            for state in (_A.FAMILY_CONSENTED, _A.SCHEDULED)
        ),
        Transition(_A.FAMILY_CONSENTED, _A.SCHEDULED, PUBLICITY_DESK, "appeals.scheduled"),
        Transition(_A.SCHEDULED, _A.FAMILY_CONSENTED, PUBLICITY_DESK, "appeals.unscheduled"),
        Transition(_A.FAMILY_CONSENTED, _A.LIVE, PUBLICITY_DESK, "appeals.published"),
        Transition(_A.SCHEDULED, _A.LIVE, PUBLICITY_DESK | _SYSTEM, "appeals.published"),
        # Four people authorised it already: see `gates.ALERT_GATE`.
        Transition(_A.DRAFT, _A.LIVE, _SYSTEM, "appeals.published_for_alert", guard=_of_an_alert),
        # Our machinery pauses what shows a photo that may not be published any more, and what a restore
        # brings back live that had been paused.
        Transition(
            _A.LIVE, _A.PAUSED, PUBLICITY_DESK | SUPERVISORS | _SYSTEM, "appeals.paused", reason_required=True
        ),
        Transition(_A.PAUSED, _A.LIVE, PUBLICITY_DESK, "appeals.resumed"),
        *(
            Transition(state, _A.WITHDRAWN, WITHDRAWERS, "appeals.withdrawn")
            for state in (*BEFORE_LIVE, *ON_CHANNELS)
        ),
    ),
)

_P = PlacementStatus
_PLACERS = PUBLICITY_DESK | _SYSTEM
# What an outlet may be showing, so that it has to be told.
PERHAPS_SHOWN = (_P.SENDING, _P.LIVE, _P.UNKNOWN)

PLACEMENT = StateTable(
    name="appeals.Placement",
    states=tuple(_P.values),
    initial=(_P.PLANNED, _P.LIVE),
    lock_root="appeal.incident",
    transitions=(
        Transition(_P.PLANNED, _P.SENDING, _SYSTEM, "appeals.placement_claimed"),
        Transition(_P.FAILED, _P.SENDING, _SYSTEM, "appeals.placement_claimed"),
        Transition(_P.PLANNED, _P.LIVE, _PLACERS, "appeals.placement_live"),
        Transition(_P.SENDING, _P.LIVE, _SYSTEM, "appeals.placement_live"),
        Transition(_P.SENDING, _P.FAILED, _SYSTEM, "appeals.placement_failed"),
        Transition(_P.SENDING, _P.UNKNOWN, _SYSTEM, "appeals.placement_unknown"),
        Transition(_P.UNKNOWN, _P.LIVE, _PLACERS, "appeals.placement_live"),
        Transition(_P.UNKNOWN, _P.FAILED, _PLACERS, "appeals.placement_failed"),
        Transition(_P.FAILED, _P.PLANNED, _PLACERS, "appeals.placement_planned_again"),
        *(
            Transition(state, _P.WITHDRAWING, WITHDRAWERS, "appeals.placement_withdrawing")
            for state in PERHAPS_SHOWN
        ),
        *(
            Transition(state, _P.DROPPED, WITHDRAWERS, "appeals.placement_dropped")
            for state in (_P.PLANNED, _P.FAILED)
        ),
        # Our own pages went in the same commit.
        Transition(_P.LIVE, _P.CONFIRMED, WITHDRAWERS, "appeals.placement_gone"),
        Transition(_P.WITHDRAWING, _P.TOLD, _PLACERS, "appeals.placement_told"),
        Transition(_P.WITHDRAWING, _P.CONFIRMED, _PLACERS, "appeals.placement_gone"),
        Transition(_P.TOLD, _P.CONFIRMED, _PLACERS, "appeals.placement_gone"),
        # Published again after a pause: nobody there is asked any more to take it down.
        *(
            Transition(state, _P.REPLACED, _PLACERS, "appeals.placement_replaced")
            for state in (_P.WITHDRAWING, _P.TOLD)
        ),
        # Seen there again after it was confirmed: it is told once more.
        Transition(_P.CONFIRMED, _P.WITHDRAWING, _PLACERS, "appeals.placement_seen_again"),
    ),
)

TRIAGERS = PUBLICITY_DESK | {Role.CHARITY_CASEWORKER}
_S = SightingStatus


def _about_themself(row: Any, actor: Actor) -> Refusal | None:
    """What came of a sighting is for the force to say, after it had it."""
    if row.kind == SubmissionKind.SIGHTING:
        return Refusal("not_passed", "Pass it to the force first: it says what came of it.")
    return None


SIGHTING = StateTable(
    name="appeals.Sighting",
    states=tuple(_S.values),
    initial=(_S.RECEIVED,),
    lock_root="incident",
    transitions=(
        Transition(_S.RECEIVED, _S.TRIAGED, TRIAGERS, "appeals.sighting_triaged"),
        Transition(
            _S.TRIAGED, _S.RECEIVED, TRIAGERS, "appeals.sighting_looked_at_again", reason_required=True
        ),
        Transition(_S.TRIAGED, _S.PASSED_TO_POLICE, TRIAGERS, "appeals.sighting_passed"),
        Transition(_S.PASSED_TO_POLICE, _S.ACKNOWLEDGED, POLICE, "appeals.sighting_acknowledged"),
        Transition(_S.ACKNOWLEDGED, _S.ASSESSED, POLICE, "appeals.sighting_assessed"),
        Transition(_S.ASSESSED, _S.OUTCOME, POLICE, "appeals.sighting_outcome"),
        Transition(_S.ACKNOWLEDGED, _S.OUTCOME, POLICE, "appeals.sighting_outcome"),
        Transition(_S.TRIAGED, _S.OUTCOME, TRIAGERS, "appeals.review_outcome", guard=_about_themself),
    ),
)
