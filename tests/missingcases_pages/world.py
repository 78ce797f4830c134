"""Incidents in every state, made through the services, for the pages' tests."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from foundation.actors import Actor
from missingcases import services
from missingcases.enums import LawfulBasis, ReleaseKind
from missingcases.models import Incident, Release

NUMBER = "+447700900123"


def assessment(rationale: str = "Cold night, and she has no coat.") -> services.Assessment:
    """What a grading rests on."""
    return services.Assessment(
        information="Left without a coat.",
        given_by="Her mother",
        given_at=timezone.now(),
        rationale=rationale,
    )


def reported(actor: Actor, given: str = "Alex", family: str = "Example", **report: object) -> Incident:
    """A quick report with a telephone number, by `actor`."""
    incident = services.report_incident(
        actor=actor,
        person=services.PersonDetails(
            given_names=given, family_name=family, date_of_birth=date(2011, 3, 4), sex="female"
        ),
        report=services.ReportDetails(
            last_seen_place="Brixton station",
            last_seen_at=timezone.now() - timedelta(hours=3),
            owner_officer_id=actor.user_id,
            circumstances={"what_happened": "Did not come home from school."},
            **report,  # type: ignore[arg-type]
        ),
        reporter=services.ReporterDetails(name="Jo Example", relation="Mother", telephone="07700 900124"),
    )
    services.add_phone(
        actor=actor, incident_id=incident.pk, phone=services.PhoneDetails(number=NUMBER, kind="mobile")
    )
    return incident


def graded(incident: Incident, actor: Actor, level: str = "high") -> Incident:
    """The incident, missing at a risk."""
    services.grade_missing(actor=actor, incident_id=incident.pk, level=level, assessment=assessment())
    incident.refresh_from_db()
    return incident


def located(incident: Incident, actor: Actor) -> Incident:
    """The incident, its person found."""
    services.record_located(
        actor=actor,
        incident_id=incident.pk,
        located_at=timezone.now(),
        found_by="own_return",
        source="Her mother rang.",
    )
    incident.refresh_from_db()
    return incident


def interviewed(incident: Incident, actor: Actor) -> Incident:
    """The incident, with its prevention interview."""
    services.record_prevention_interview(
        actor=actor,
        incident_id=incident.pk,
        interview=services.InterviewDetails(
            held_at=timezone.now(),
            mode="in_person",
            seen_in_person=True,
            reason_missing="A quarrel.",
            harm=("none",),
            disclose_location="yes",
        ),
    )
    incident.refresh_from_db()
    return incident


def closed(incident: Incident, actor: Actor) -> Incident:
    """The incident, closed."""
    services.close_incident(
        actor=actor,
        incident_id=incident.pk,
        outcome=services.OutcomeDetails(
            outcome="located_alive", found_by="own_return", harm=("none",), place_found="home"
        ),
    )
    incident.refresh_from_db()
    return incident


def released(incident: Incident, actor: Actor, charity_id: int) -> Release:
    """A service's release of the number to the charity's caseworkers."""
    return services.create_release(
        actor=actor,
        incident_id=incident.pk,
        to_organisation_id=charity_id,
        kind=ReleaseKind.SERVICE_REQUEST,
        fields={"number": NUMBER},
        purpose="TextSafe",
        lawful_basis=LawfulBasis.PUBLIC_TASK,
        reason="A TextSafe was asked for.",
        desk="charity_caseworker",
    )


def threat(incident: Incident, actor: Actor) -> Release:
    """A threat to life, waiting for the duty manager."""
    return services.create_release(
        actor=actor,
        incident_id=incident.pk,
        to_organisation_id=incident.owner_id,
        kind=ReleaseKind.THREAT_TO_LIFE,
        fields={"text": "She has taken tablets and is by the river."},
        purpose="Threat to life",
        lawful_basis=LawfulBasis.VITAL_INTERESTS,
        reason="She said so in a reply.",
    )
