"""After the finding: prevention interview, outcome, closure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.events.services import publish
from foundation.states import move
from missingcases import events
from missingcases.enums import (
    SOLE_HARMS,
    Audience,
    DeathType,
    DiscloseLocation,
    FoundBy,
    Harm,
    IncidentStatus,
    InterviewMode,
    Known,
    Outcome,
    PlaceFound,
)
from missingcases.models import Incident, PreventionInterview
from missingcases.policies import (
    may_close,
    may_record_interview,
    may_record_outcome,
)
from missingcases.services.audience import sync
from missingcases.services.common import apply, for_writing, not_in_future, one_of, refuse
from missingcases.services.timeline import add_timeline_entry
from missingcases.states import INCIDENT


@dataclass(frozen=True, kw_only=True)
class InterviewDetails:
    """A prevention interview (domain.md section 1, [19])."""

    held_at: datetime
    mode: str
    seen_in_person: bool
    reason_missing: str
    harm: tuple[str, ...]
    disclose_location: str
    where_and_with_whom: str = ""
    offences: str = ""
    offences_disclosed: str = Known.NOT_KNOWN
    safeguarding: str = ""
    referrals: str = ""
    non_disclosure_request: str = ""


@dataclass(frozen=True, kw_only=True)
class OutcomeDetails:
    """How it ended. `distance_km` is from where they were last seen to where they were found."""

    outcome: str
    found_by: str
    harm: tuple[str, ...]
    death_type: str = ""
    place_found: str = ""
    area_found_id: int | None = None
    distance_km: Decimal | None = None


def check_harm(problems: dict[str, str], harm: tuple[str, ...]) -> None:
    """Add a problem where harm is unanswered, unknown to the vocabulary, or contradicts itself."""
    if not harm:
        problems["harm"] = 'Choose what harm there was. "Not known" is an answer; "none" is another.'
    elif any(one not in Harm.values for one in harm):
        problems["harm"] = "Choose from the listed values."
    elif len(harm) > 1 and not SOLE_HARMS.isdisjoint(harm):
        problems["harm"] = '"None" and "not known" each stand alone.'


@transaction.atomic
def record_prevention_interview(
    *, actor: Actor, incident_id: int, interview: InterviewDetails
) -> PreventionInterview:
    """Record the prevention interview; it confirms welfare. A later one supersedes an earlier.

    The person's answer on `disclose_location` holds from now on wherever family is told anything.
    """
    incident = for_writing(actor, incident_id)
    require(may_record_interview(actor, incident))
    _check_interview(incident, interview)
    incident.interviews.filter(superseded_at__isnull=True).update(superseded_at=timezone.now())
    values = {**vars(interview), "harm": list(dict.fromkeys(interview.harm))}
    row = PreventionInterview.objects.create(incident=incident, officer_id=actor.user_id, **values)
    changes = {"disclose_location": row.disclose_location, "harm": row.harm}
    if incident.status == IncidentStatus.LOCATED:
        move(incident, INCIDENT, IncidentStatus.PREVENTION_DONE, actor=actor, changes=changes)
    else:
        apply(incident, version=None, changes=changes)
    sync(incident)
    audit.record(actor=actor, action="incident.prevention_interview", target=row, incident_id=incident.pk)
    add_timeline_entry(
        incident_id=incident.pk,
        kind="incident.prevention_interview",
        actor=actor,
        audience=Audience.AUTHORITY,
        summary="Prevention interview held; welfare confirmed",
        at=row.held_at,
        subject=("missingcases.PreventionInterview", row.pk),
    )
    return row


def _check_interview(incident: Incident, interview: InterviewDetails) -> None:
    problems: dict[str, str] = {}
    one_of(InterviewMode, interview.mode, "mode")
    one_of(DiscloseLocation, interview.disclose_location, "disclose_location")
    one_of(Known, interview.offences_disclosed, "offences_disclosed")
    not_in_future(problems, held_at=interview.held_at)
    check_harm(problems, interview.harm)
    if not interview.reason_missing.strip():
        problems["reason_missing"] = "Write why they were missing, in their own words where you can."
    if interview.seen_in_person and interview.mode != InterviewMode.IN_PERSON:
        problems["seen_in_person"] = "Somebody seen in person was interviewed in person."
    if incident.located_at is not None and interview.held_at < incident.located_at:
        problems["held_at"] = "They were located after this time."
    if incident.outcome == Outcome.LOCATED_DECEASED:
        problems["outcome"] = "There is no prevention interview when the person has died."
    refuse(problems)


@transaction.atomic
def record_outcome(
    *, actor: Actor, incident_id: int, version: int | None, outcome: OutcomeDetails
) -> Incident:
    """Record how it ended. Raises `Conflict` with both sides, `Invalid`, `Refused`, `NotVisible`."""
    incident = for_writing(actor, incident_id)
    require(may_record_outcome(actor, incident))
    _check_outcome(incident, outcome)
    changes = {**vars(outcome), "harm": list(dict.fromkeys(outcome.harm))}
    if outcome.outcome != Outcome.LOCATED_DECEASED:
        changes["identification_confirmed_at"] = None
    was_dead = incident.outcome == Outcome.LOCATED_DECEASED
    changed = apply(incident, version=version, changes=changes)
    if not changed:
        return incident
    sync(incident)
    audit.record(
        actor=actor,
        action="incident.outcome_recorded",
        target=incident,
        incident_id=incident.pk,
        fields=changed,
    )
    add_timeline_entry(
        incident_id=incident.pk,
        kind="incident.outcome_recorded",
        actor=actor,
        audience=Audience.OWNER,
        summary="Outcome recorded",
    )
    _tell_of_a_death(incident, was_dead=was_dead)
    return incident


def _tell_of_a_death(incident: Incident, *, was_dead: bool) -> None:
    """That it was recorded; or that it was in error, and whoever returned has returned after all."""
    is_dead = incident.outcome == Outcome.LOCATED_DECEASED
    if is_dead and not was_dead:
        publish(events.DeathRecorded(incident_id=incident.pk, at=timezone.now()))
    elif was_dead and not is_dead and incident.returned_at is not None:
        publish(events.PersonReturned(incident_id=incident.pk, at=timezone.now()))


def _check_outcome(incident: Incident, outcome: OutcomeDetails) -> None:
    one_of(Outcome, outcome.outcome, "outcome")
    one_of(FoundBy, outcome.found_by, "found_by")
    one_of(DeathType, outcome.death_type, "death_type", blank=True)
    one_of(PlaceFound, outcome.place_found, "place_found", blank=True)
    problems: dict[str, str] = {}
    check_harm(problems, outcome.harm)
    died = outcome.outcome == Outcome.LOCATED_DECEASED
    if outcome.outcome == Outcome.CANCELLED:
        problems["outcome"] = "Cancel the incident instead."
    if outcome.death_type and not died:
        problems["death_type"] = "Only when the person has died."
    if died and incident.interviews.filter(superseded_at__isnull=True).exists():
        problems["outcome"] = "They were seen alive in the prevention interview."
    if outcome.distance_km is not None and outcome.distance_km < 0:
        problems["distance_km"] = "Give a distance of 0 or more."
    refuse(problems)


@transaction.atomic
def close_incident(
    *, actor: Actor, incident_id: int, outcome: OutcomeDetails | None = None, version: int | None = None
) -> Incident:
    """Close the case once welfare is confirmed and the outcome complete.

    Without a prevention interview only when the person has died and is identified.
    """
    if outcome is not None:
        record_outcome(actor=actor, incident_id=incident_id, version=version, outcome=outcome)
    incident = for_writing(actor, incident_id)
    require(may_close(actor, incident))
    now = timezone.now()
    move(incident, INCIDENT, IncidentStatus.CLOSED, actor=actor, changes={"closed_at": now})
    sync(incident)
    add_timeline_entry(
        incident_id=incident.pk,
        kind="incident.closed",
        actor=actor,
        audience=Audience.EVERYONE,
        summary="Closed",
    )
    publish(events.IncidentClosed(incident_id=incident.pk, at=now))
    return incident
