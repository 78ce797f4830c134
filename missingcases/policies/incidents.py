"""Who may do what with an incident. Each answers a refusal, or None."""

from __future__ import annotations

from collections.abc import Iterable

from foundation.access import Refusal, holds_any
from foundation.accounts.enums import INSPECTORS, POLICE, SUPERVISORS, OrganisationKind, Role
from foundation.actors import Actor
from missingcases.enums import (
    AudienceKind,
    DiscloseLocation,
    IncidentStatus,
    ReviewKind,
)
from missingcases.models import AudienceRow, Incident
from missingcases.policies.visibility import principals_of
from missingcases.states import INCIDENT

WRITERS: frozenset[Role] = POLICE | {Role.API_CLIENT}
NOT_OWNER = Refusal("not_owner", "Only the force that owns the incident can do this.")
NOT_NAMED = Refusal("restricted", "This incident is restricted to named people.")

# Who completes which review (domain.md section 1).
REVIEWERS: dict[str, frozenset[Role]] = {
    ReviewKind.ABSENT: SUPERVISORS,
    ReviewKind.LOW: SUPERVISORS,
    ReviewKind.SUPERVISOR: SUPERVISORS,
    ReviewKind.INSPECTOR: INSPECTORS,
    ReviewKind.SHIFT: SUPERVISORS,
    ReviewKind.OTHER_FORCES: POLICE,
    ReviewKind.UKMPU: POLICE,
    ReviewKind.DAY_28: INSPECTORS,
    ReviewKind.MONTH_3: INSPECTORS,
    ReviewKind.MONTH_6: INSPECTORS,
    ReviewKind.MONTH_12: INSPECTORS,
    ReviewKind.YEARLY: INSPECTORS,
    ReviewKind.SIGNIFICANT: INSPECTORS,
}


def may_report(actor: Actor) -> Refusal | None:
    """Report a new incident. There is no waiting period [16]."""
    if actor.holds({Role.API_CLIENT}) and actor.organisation_kind != OrganisationKind.POLICE_FORCE:
        return Refusal("role", "Only a police force's systems record a missing incident.")
    return holds_any(actor, WRITERS, "Only police record a missing incident.")


def may_write(actor: Actor, incident: Incident) -> Refusal | None:
    """Change the record: people of the owner force, and only the named ones where it is restricted."""
    if (refusal := may_report(actor)) is not None:
        return refusal
    if actor.organisation_id != incident.owner_id:
        return NOT_OWNER
    if incident.is_restricted and not _is_named(actor, incident):
        return NOT_NAMED
    return None


def _is_named(actor: Actor, incident: Incident) -> bool:
    return AudienceRow.objects.filter(
        incident_id=incident.pk,
        kind=AudienceKind.NAMED,
        principal__in=principals_of(actor),
        revoked_at__isnull=True,
    ).exists()


def may_edit(actor: Actor, incident: Incident) -> Refusal | None:
    """Correct or complete the record; once it is closed or cancelled a supervisor does."""
    if (refusal := may_write(actor, incident)) is not None:
        return refusal
    if incident.status in {IncidentStatus.CLOSED, IncidentStatus.CANCELLED}:
        return holds_any(actor, SUPERVISORS, "A supervisor corrects a closed or cancelled incident.")
    return None


def _may_move(actor: Actor, incident: Incident, to: str) -> Refusal | None:
    return may_write(actor, incident) or INCIDENT.may(incident, to, actor)


def may_grade_absent(actor: Actor, incident: Incident) -> Refusal | None:
    """Grade as absent, with no apparent risk."""
    return _may_move(actor, incident, IncidentStatus.ABSENT)


def may_grade_missing(actor: Actor, incident: Incident) -> Refusal | None:
    """Grade as missing, at a risk."""
    if incident.status == IncidentStatus.LOCATED:
        return Refusal("illegal_move", "Take back the finding first, with its reason.")
    return _may_move(actor, incident, IncidentStatus.MISSING)


def may_locate(actor: Actor, incident: Incident) -> Refusal | None:
    """Record that the person is found."""
    return _may_move(actor, incident, IncidentStatus.LOCATED)


def may_retract_located(actor: Actor, incident: Incident) -> Refusal | None:
    """Take back a finding: located in error, or lost again before welfare was confirmed."""
    if incident.status != IncidentStatus.LOCATED:
        return Refusal("illegal_move", "The person is not recorded as located.")
    return _may_move(actor, incident, IncidentStatus.MISSING)


def may_record_interview(actor: Actor, incident: Incident) -> Refusal | None:
    """Record a prevention interview with somebody who has been found."""
    if (refusal := may_write(actor, incident)) is not None:
        return refusal
    if incident.status not in {IncidentStatus.LOCATED, IncidentStatus.PREVENTION_DONE}:
        return Refusal("not_located", "Record that the person is located first.")
    return None


def may_record_return(actor: Actor, incident: Incident) -> Refusal | None:
    """Record when somebody who was found came back to their home or placement."""
    return may_record_interview(actor, incident)


def may_record_outcome(actor: Actor, incident: Incident) -> Refusal | None:
    """Record the outcome of somebody who has been found."""
    if incident.status == IncidentStatus.CLOSED:
        return may_edit(actor, incident)
    return may_record_interview(actor, incident)


def may_confirm_identification(actor: Actor, incident: Incident) -> Refusal | None:
    """Confirm who somebody that has died is: an inspector's decision (P)."""
    return may_record_interview(actor, incident) or holds_any(
        actor, INSPECTORS, "An inspector confirms an identification."
    )


def may_close(actor: Actor, incident: Incident) -> Refusal | None:
    """Close the case."""
    return _may_move(actor, incident, IncidentStatus.CLOSED)


def may_cancel(actor: Actor, incident: Incident) -> Refusal | None:
    """Cancel: a duplicate, recorded in error, or not a missing person."""
    return _may_move(actor, incident, IncidentStatus.CANCELLED)


def may_reopen(actor: Actor, incident: Incident) -> Refusal | None:
    """Reopen what was closed too early; a later disappearance is a new incident."""
    return _may_move(actor, incident, IncidentStatus.REOPENED)


def may_make_long_term(actor: Actor, incident: Incident) -> Refusal | None:
    """Declare somebody long-term missing, after a review."""
    return _may_move(actor, incident, IncidentStatus.LONG_TERM)


def may_restrict(actor: Actor, incident: Incident) -> Refusal | None:
    """Restrict an incident to named people, name them, or lift it."""
    return may_write(actor, incident) or holds_any(
        actor, SUPERVISORS, "A supervisor decides who may see a restricted incident."
    )


def may_review(actor: Actor, incident: Incident, kind: str) -> Refusal | None:
    """Complete a review of `kind`."""
    return may_write(actor, incident) or holds_any(
        actor, REVIEWERS[kind], "Your rank does not complete this review."
    )


def may_confirm_starts(actor: Actor, incident: Incident) -> Refusal | None:
    """Let services start for an imported open incident."""
    return may_write(actor, incident) or holds_any(
        actor, SUPERVISORS, "A supervisor confirms imported incidents."
    )


def may_disclose_location(incident: Incident) -> Refusal | None:
    """Tell anybody outside where the person is. Without their recorded yes, nobody is told [15]."""
    if incident.disclose_location == DiscloseLocation.YES:
        return None
    if incident.disclose_location == "":
        return Refusal("not_asked", "The person has not been asked whether their whereabouts may be told.")
    return Refusal("no_disclosure", "The person does not want their whereabouts told.")


# What a release may be called that says where somebody was found, or that they were.
WHEREABOUTS = frozenset({"whereabouts", "place_found", "area_found", "distance_km", "where_and_with_whom"})
SAFE_AND_WELL = frozenset({"safe_and_well", "found", "located_at", "found_by", "outcome"})
FINDING = WHEREABOUTS | SAFE_AND_WELL


def may_tell_of_finding(incident: Incident, names: Iterable[str]) -> Refusal | None:
    """Tell whoever speaks to the family the fields of these names: nothing without the person's yes [15]."""
    told = frozenset(names)
    if told & WHEREABOUTS and (refusal := may_disclose_location(incident)) is not None:
        return refusal
    return may_tell_safe_and_well(incident) if told & SAFE_AND_WELL else None


# What a relative is refused by wherever one would be told, written to or asked.
FAMILY_DANGER = Refusal(
    "family_danger", "Somebody in this family may be a danger: ask the safeguarding lead."
)
_OVERRULE_DANGER = INSPECTORS | {Role.CHARITY_MANAGER}


def may_release_finding(
    actor: Actor, incident: Incident, names: Iterable[str], *, kept_from_family: bool
) -> Refusal | None:
    """Release the fields of these names to whoever speaks to the family.

    Where the family may be the danger, an inspector or duty manager does, and the reason names who is safe.
    """
    told = FINDING & frozenset(names)
    if kept_from_family and told and not actor.holds(_OVERRULE_DANGER):
        who = "An inspector or the duty manager may release it, with the safe relative in the reason."
        return Refusal(FAMILY_DANGER.code, f"{FAMILY_DANGER.message} {who}")
    return may_tell_of_finding(incident, names)


def may_tell_safe_and_well(incident: Incident) -> Refusal | None:
    """Tell the family that the person is safe and well, without saying where."""
    if incident.disclose_location in {DiscloseLocation.YES, DiscloseLocation.SAFE_AND_WELL_MESSAGE_ONLY}:
        return None
    if incident.disclose_location == "":
        return Refusal("not_asked", "The person has not been asked what may be told.")
    return Refusal("no_disclosure", "The person wants nothing passed on.")
