"""The ways of an incident (domain.md section 1), as data."""

from __future__ import annotations

from foundation.accounts.enums import INSPECTORS, POLICE, SUPERINTENDENTS, SUPERVISORS, Role
from foundation.states import StateTable, Transition
from missingcases.enums import ACTIVE_FLAG, BARS_ABSENT, LONG_TERM_REVIEWS, OPEN, IncidentStatus, Outcome
from missingcases.schemes import allows_absent
from missingcases.states.guards import all_of, only

S = IncidentStatus

own_force = only(
    "own_force",
    lambda row, actor: actor.organisation_id == row.owner_id,
    "not_owner",
    "Only the force that owns the incident can do this.",
)
no_barring_flag = only(
    "no_barring_flag",
    lambda row, _: (
        not row.person.flags.filter(kind__in=sorted(BARS_ABSENT), status__in=sorted(ACTIVE_FLAG)).exists()
    ),
    "barred_by_flag",
    "Somebody with an exploitation, abduction or mental-health-crisis flag is missing, not absent.",
)
scheme_has_absent = only(
    "scheme_has_absent",
    lambda row, _: allows_absent(row.scheme),
    "scheme",
    "The force's scheme has no such category.",
)
welfare_confirmed = only(
    "welfare_confirmed",
    lambda row, _: row.interviews.filter(superseded_at__isnull=True).exists(),
    "no_interview",
    "Record the prevention interview first.",
)
not_deceased = only(
    "not_deceased",
    lambda row, _: row.outcome != Outcome.LOCATED_DECEASED,
    "deceased",
    "There is no prevention interview when the person has died.",
)
reviewed = only(
    "reviewed",
    lambda row, _: row.clocks.filter(kind__in=sorted(LONG_TERM_REVIEWS), done_at__isnull=False).exists(),
    "not_reviewed",
    "Hold the 28-day review, a later one or one on significant information first.",
)
outcome_complete = only(
    "outcome_complete",
    lambda row, _: bool(row.outcome and row.outcome != Outcome.CANCELLED and row.found_by and row.harm),
    "outcome_incomplete",
    "Record the outcome, who found the person and any harm first.",
)
identified_deceased = only(
    "identified_deceased",
    lambda row, _: (
        row.outcome == Outcome.LOCATED_DECEASED
        and row.identification_confirmed_at is not None
        and bool(row.death_type)
    ),
    "not_identified",
    "Without a prevention interview, an incident closes only when the person has died, the manner of "
    "death is recorded and identification is confirmed.",
)

_absent = all_of(own_force, scheme_has_absent, no_barring_flag)


def _to_absent(source: str, who: frozenset[Role] = SUPERVISORS) -> Transition:
    return Transition(source, S.ABSENT, who, "incident.graded", guard=_absent, reason_required=True)


def _to_missing(source: str, *, reason: bool) -> Transition:
    return Transition(
        source, S.MISSING, SUPERVISORS, "incident.graded", guard=own_force, reason_required=reason
    )


INCIDENT = StateTable(
    name="missingcases.Incident",
    states=tuple(S.values),
    initial=(S.REPORTED,),
    transitions=(
        _to_absent(S.REPORTED),
        _to_absent(S.REOPENED),
        # Lowering somebody from missing needs an inspector's rationale (P).
        _to_absent(S.MISSING, INSPECTORS),
        _to_missing(S.REPORTED, reason=False),
        _to_missing(S.REOPENED, reason=False),
        _to_missing(S.ABSENT, reason=True),
        _to_missing(S.MISSING, reason=True),
        *(
            Transition(source, S.LOCATED, POLICE | {Role.API_CLIENT}, "incident.located", guard=own_force)
            for source in sorted(OPEN)
        ),
        Transition(
            S.LOCATED,
            S.MISSING,
            SUPERVISORS,
            "incident.located_retracted",
            guard=own_force,
            reason_required=True,
        ),
        Transition(
            S.LOCATED,
            S.PREVENTION_DONE,
            POLICE,
            "incident.prevention_done",
            guard=all_of(own_force, not_deceased, welfare_confirmed),
        ),
        Transition(
            S.PREVENTION_DONE,
            S.CLOSED,
            SUPERVISORS,
            "incident.closed",
            guard=all_of(own_force, outcome_complete),
        ),
        Transition(
            S.LOCATED,
            S.CLOSED,
            SUPERVISORS,
            "incident.closed",
            guard=all_of(own_force, identified_deceased, outcome_complete),
        ),
        Transition(
            S.MISSING,
            S.LONG_TERM,
            SUPERINTENDENTS,
            "incident.made_long_term",
            guard=all_of(own_force, reviewed),
            reason_required=True,
        ),
        *(
            Transition(
                source,
                S.CANCELLED,
                SUPERVISORS,
                "incident.cancelled",
                guard=own_force,
                reason_required=True,
            )
            for source in sorted(OPEN)
        ),
        Transition(
            S.CLOSED,
            S.REOPENED,
            SUPERVISORS,
            "incident.reopened",
            guard=own_force,
            reason_required=True,
        ),
    ),
)
