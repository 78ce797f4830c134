"""Found: located, taken back, returned, identified. Every way out of an open state stops what runs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.backups.services.ledger import note
from foundation.events.services import publish
from foundation.states import move
from missingcases import events
from missingcases.enums import MISSING_RISKS, Audience, FoundBy, IncidentStatus, Outcome, StopCause
from missingcases.models import Incident, LocatedEntry
from missingcases.policies import (
    may_confirm_identification,
    may_locate,
    may_record_return,
    may_retract_located,
)
from missingcases.services.audience import sync
from missingcases.services.common import apply, for_writing, not_in_future, one_of, refuse
from missingcases.services.grading import Assessment, check_assessment, record_grading
from missingcases.services.reviews import resume_clocks, stop_clocks
from missingcases.services.timeline import add_timeline_entry
from missingcases.services.transfers import withdraw_for_stop
from missingcases.services.triggers import raise_for_length
from missingcases.states import INCIDENT

# What is known of a finding, and is not known any more when it is taken back.
FINDING: tuple[str, ...] = (
    "located_at",
    "found_by",
    "returned_at",
    "identification_confirmed_at",
    "disclose_location",
    "outcome",
    "harm",
    "death_type",
    "place_found",
    "area_found_id",
    "distance_km",
    "closed_at",
)


def stop(incident: Incident, *, cause: StopCause) -> None:
    """The incident just left an open state: clocks and offers end, and everybody running for it hears."""
    now = timezone.now()  # the person may have been found hours ago; what runs stops now
    stop_clocks(incident, at=now)
    withdraw_for_stop(incident)
    note("incident.stopped", incident_id=incident.pk, cause=cause.value)
    publish(events.IncidentStopped(incident_id=incident.pk, at=now, cause=cause))


@transaction.atomic
def record_located(
    *, actor: Actor, incident_id: int, located_at: datetime, found_by: str, source: str
) -> Incident:
    """Record that the person is found, whatever the grading; many are home before they are graded.

    Texts, appeals and alerts stop in this same transaction. Raises `IllegalMove` where a colleague
    was first, `Refused`, `Invalid`, `NotVisible`.
    """
    incident = for_writing(actor, incident_id)
    require(may_locate(actor, incident))
    _check_finding(incident, located_at, found_by, source)
    move(
        incident,
        INCIDENT,
        IncidentStatus.LOCATED,
        actor=actor,
        changes={"located_at": located_at, "found_by": found_by, **_no_longer_held(incident)},
    )
    entry = LocatedEntry.objects.create(
        incident=incident,
        located_at=located_at,
        found_by=found_by,
        source=source.strip(),
        recorded_by_id=actor.user_id,
    )
    add_timeline_entry(
        incident_id=incident.pk,
        kind="incident.located",
        actor=actor,
        audience=Audience.EVERYONE,
        summary="Located",
        at=located_at,
        subject=("missingcases.LocatedEntry", entry.pk),
    )
    if not incident.starts_held:
        raise_for_length(incident, now=located_at)  # found before the next look at the hours
    stop(incident, cause=StopCause.LOCATED)
    sync(incident)
    publish(events.IncidentLocated(incident_id=incident.pk, at=located_at))
    return incident


def _no_longer_held(incident: Incident) -> dict[str, bool]:
    """What a restore held back because it had been located is located again: that hold has served."""
    return {} if incident.imported_batch else {"starts_held": False}


def _check_finding(incident: Incident, located_at: datetime, found_by: str, source: str) -> None:
    one_of(FoundBy, found_by, "found_by")
    problems: dict[str, str] = {}
    not_in_future(problems, located_at=located_at)
    if incident.last_seen_at is not None and located_at < incident.last_seen_at:
        problems["located_at"] = "They were last seen after this time."
    if not source.strip():
        problems["source"] = "Say how it is known that they are found."
    refuse(problems)


@transaction.atomic
def retract_located(*, actor: Actor, incident_id: int, level: str, assessment: Assessment) -> Incident:
    """Take a finding back: located in error, or lost again before welfare was confirmed.

    The person is missing again at `level`; the rationale is the reason. What had been recorded of
    the outcome stays on the retracted entry.
    """
    incident = for_writing(actor, incident_id)
    require(may_retract_located(actor, incident))
    if level not in MISSING_RISKS:
        refuse({"level": "Choose low, medium or high."})
    check_assessment(assessment)
    before = incident.risk_level
    move(
        incident,
        INCIDENT,
        IncidentStatus.MISSING,
        actor=actor,
        reason=assessment.rationale,
        changes={**forget_finding(incident), "risk_level": level},
    )
    now = timezone.now()
    resume_clocks(incident, at=now)
    publish(events.IncidentReopened(incident_id=incident.pk, at=now, was=IncidentStatus.LOCATED))
    record_grading(actor, incident, before=before, assessment=assessment)
    return incident


def forget_finding(incident: Incident) -> dict[str, Any]:
    """The changes that empty a finding; its entry and interview are marked, and keep what was known."""
    now = timezone.now()
    known = {name: getattr(incident, name) for name in FINDING}
    incident.located_entries.filter(retracted_at__isnull=True).update(
        retracted_at=now,
        outcome_then={
            name: value if isinstance(value, str | int | list) else str(value)
            for name, value in known.items()
            if value not in (None, "", [])
        },
    )
    incident.interviews.filter(superseded_at__isnull=True).update(superseded_at=now)
    return {name: _emptied(value) for name, value in known.items()}


def _emptied(value: Any) -> Any:
    if isinstance(value, str):
        return ""
    return [] if isinstance(value, list) else None


@transaction.atomic
def record_returned(
    *, actor: Actor, incident_id: int, returned_at: datetime, version: int | None = None
) -> Incident:
    """Record when they came back to their home or placement: the interview clock starts there.

    Nothing is offered when the person has died. A corrected time tells the subscribers again.
    Raises `Conflict`, `Invalid`, `Refused`, `NotVisible`.
    """
    incident = for_writing(actor, incident_id)
    require(may_record_return(actor, incident))
    problems: dict[str, str] = {}
    not_in_future(problems, returned_at=returned_at)
    if incident.located_at is not None and returned_at < incident.located_at:
        problems["returned_at"] = "They were located after this time."
    if incident.outcome == Outcome.LOCATED_DECEASED:
        problems["returned_at"] = "The person has died."
    refuse(problems)
    if not apply(incident, version=version, changes={"returned_at": returned_at}):
        return incident
    sync(incident)
    audit.record(
        actor=actor,
        action="incident.returned",
        target=incident,
        incident_id=incident.pk,
        fields=["returned_at"],
    )
    add_timeline_entry(
        incident_id=incident.pk,
        kind="incident.returned",
        actor=actor,
        audience=Audience.AUTHORITY,
        summary="Returned to home or placement",
        at=returned_at,
    )
    publish(events.PersonReturned(incident_id=incident.pk, at=returned_at))
    return incident


@transaction.atomic
def confirm_identification(*, actor: Actor, incident_id: int, reason: str) -> Incident:
    """Confirm who somebody that has died is; without it the case cannot close."""
    incident = for_writing(actor, incident_id)
    require(may_confirm_identification(actor, incident))
    problems = {} if reason.strip() else {"reason": "Say how the person was identified."}
    if incident.outcome != Outcome.LOCATED_DECEASED:
        problems["outcome"] = "The outcome does not say that the person has died."
    refuse(problems)
    apply(incident, version=None, changes={"identification_confirmed_at": timezone.now()})
    audit.record(
        actor=actor,
        action="incident.identified",
        target=incident,
        incident_id=incident.pk,
        fields=["identification_confirmed_at"],
        reason=reason,
    )
    add_timeline_entry(
        incident_id=incident.pk,
        kind="incident.identified",
        actor=actor,
        audience=Audience.OWNER,
        summary="Identification confirmed",
    )
    return incident
