"""Bringing incidents to where a test begins, by the same verbs people use; and rows in any state."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from foundation.actors import Actor
from missingcases import services
from missingcases.enums import FOUND, IncidentStatus
from missingcases.models import Incident, MissingPerson

S = IncidentStatus
ADULT = date(1980, 5, 17)


def child_born() -> date:
    """The birthday of somebody who is fourteen."""
    return timezone.localdate() - timedelta(days=14 * 366)


def report(actor: Actor, **given: Any) -> Incident:
    """A reported incident; `given` goes to the person or the report by its name."""
    person = {name: given.pop(name) for name in list(given) if name in _PERSON}
    known = {"person_reference": given.pop("person_reference")} if "person_reference" in given else {}
    if not known:
        known = {"person": services.PersonDetails(**{"given_names": "Alex", "family_name": "Moor"} | person)}
    return services.report_incident(actor=actor, report=services.ReportDetails(**given), **known)


_PERSON = ("given_names", "family_name", "date_of_birth", "estimated_age", "sex", "aliases")


def assessment(**given: Any) -> services.Assessment:
    """A grading's grounds."""
    values = {"information": "Left without a coat.", "given_by": "Her mother", "rationale": "It is cold."}
    return services.Assessment(**values | given)


def missing(actor: Actor, incident: Incident, level: str = "medium", **given: Any) -> Incident:
    """Grade it as missing."""
    return services.grade_missing(
        actor=actor, incident_id=incident.pk, level=level, assessment=assessment(**given)
    )


def absent(actor: Actor, incident: Incident, **given: Any) -> Incident:
    """Grade it as absent."""
    agreed = given.pop("review_agreed_at", None)
    return services.grade_absent(
        actor=actor, incident_id=incident.pk, assessment=assessment(**given), review_agreed_at=agreed
    )


def located(actor: Actor, incident: Incident, **given: Any) -> Incident:
    """Record that the person is found."""
    values = {"located_at": timezone.now(), "found_by": "police", "source": "Seen at home by an officer."}
    return services.record_located(actor=actor, incident_id=incident.pk, **values | given)


def interview(**given: Any) -> services.InterviewDetails:
    """A prevention interview as an officer records it."""
    values: dict[str, Any] = {
        "held_at": timezone.now(),
        "mode": "in_person",
        "seen_in_person": True,
        "reason_missing": "Wanted to see a friend.",
        "harm": ("none",),
        "disclose_location": "no",
    }
    return services.InterviewDetails(**values | given)


def interviewed(actor: Actor, incident: Incident, **given: Any) -> Incident:
    """Hold the prevention interview."""
    services.record_prevention_interview(actor=actor, incident_id=incident.pk, interview=interview(**given))
    incident.refresh_from_db()
    return incident


def outcome(**given: Any) -> services.OutcomeDetails:
    """How it ended."""
    values: dict[str, Any] = {"outcome": "located_alive", "found_by": "police", "harm": ("none",)}
    return services.OutcomeDetails(**values | given)


def closed(officer: Actor, supervisor: Actor, incident: Incident) -> Incident:
    """Take a reported incident all the way."""
    located(officer, incident)
    interviewed(officer, incident)
    return services.close_incident(actor=supervisor, incident_id=incident.pk, outcome=outcome())


def standing_in(status: str, owner_id: int, **given: Any) -> Incident:
    """A row that simply stands in `status`, with everything the database asks of it."""
    now = timezone.now()
    values: dict[str, Any] = {
        "person": MissingPerson.objects.create(organisation_id=owner_id, given_names="Sam"),
        "owner_id": owner_id,
        "scheme": "app_current",
        "reported_at": now - timedelta(hours=5),
        "status": status,
    }
    values |= _columns(status, now)
    return Incident.objects.create(**values | given)


def _columns(status: str, now: datetime) -> dict[str, Any]:
    if status == S.ABSENT:
        return {"risk_level": "no_apparent"}
    if status in {S.MISSING, S.LONG_TERM}:
        return {"risk_level": "medium"}
    if status == S.CANCELLED:
        return {"outcome": "cancelled", "cancel_reason": "not_missing", "closed_at": now}
    if status in FOUND:
        found = {"located_at": now, "found_by": "police"}
        ended = {"outcome": "located_alive", "harm": ["none"], "closed_at": now}
        return found | (ended if status == S.CLOSED else {})
    return {}
