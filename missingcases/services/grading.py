"""Setting the category and the risk, with the history that domain.md section 1 asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from foundation.access import require
from foundation.actors import Actor
from foundation.events.services import publish
from foundation.states import move
from missingcases import events
from missingcases.enums import MISSING_RISKS, Audience, IncidentStatus, Known, RiskLevel
from missingcases.models import Incident, RiskAssessment
from missingcases.policies import may_grade_absent, may_grade_missing, may_make_long_term
from missingcases.risk_questions import QUESTIONS
from missingcases.schemes import risk_label, status_label
from missingcases.services.audience import sync
from missingcases.services.common import check_version, for_writing, not_in_future, refuse
from missingcases.services.reviews import review_for_long, start_clocks
from missingcases.services.timeline import add_timeline_entry
from missingcases.services.triggers import raise_for_risk
from missingcases.states import INCIDENT


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """What a grading rests on: the information, who gave it and when, and the reasoning [18]."""

    information: str
    given_by: str
    given_at: datetime | None = None
    rationale: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def grade_missing(
    *,
    actor: Actor,
    incident_id: int,
    level: str,
    assessment: Assessment,
    version: int | None = None,
) -> Incident:
    """Grade as missing at low, medium or high risk; also a new grading of somebody missing.

    A change needs the rationale. Review clocks start anew. Raises `Refused`, `IllegalMove`,
    `Invalid`, `Conflict`, `NotVisible`.
    """
    incident = for_writing(actor, incident_id)
    require(may_grade_missing(actor, incident))
    if level not in MISSING_RISKS:
        refuse({"level": "Choose low, medium or high."})
    return _grade(actor, incident, IncidentStatus.MISSING, level, assessment, version)


@transaction.atomic
def grade_absent(
    *,
    actor: Actor,
    incident_id: int,
    assessment: Assessment,
    review_agreed_at: datetime | None = None,
    version: int | None = None,
) -> Incident:
    """Grade as absent, with no apparent risk, and the latest review time agreed with the reporter.

    Barred by the flags of domain.md section 1; somebody missing is lowered only by an inspector.
    """
    incident = for_writing(actor, incident_id)
    require(may_grade_absent(actor, incident))
    if review_agreed_at is not None and review_agreed_at <= timezone.now():
        refuse({"review_agreed_at": "Agree a time that is still to come."})
    return _grade(
        actor,
        incident,
        IncidentStatus.ABSENT,
        RiskLevel.NO_APPARENT,
        assessment,
        version,
        review_agreed_at=review_agreed_at,
    )


def _grade(
    actor: Actor,
    incident: Incident,
    category: str,
    level: str,
    assessment: Assessment,
    version: int | None,
    **changes: Any,
) -> Incident:
    check_version(incident, version, {"risk_level": level})
    before = incident.risk_level
    check_assessment(assessment)
    move(
        incident,
        INCIDENT,
        category,
        actor=actor,
        reason=assessment.rationale,
        changes={"risk_level": level, **changes},
    )
    record_grading(actor, incident, before=before, assessment=assessment)
    return incident


def check_assessment(assessment: Assessment) -> None:
    """Raise `Invalid` where the information or who gave it is missing."""
    problems: dict[str, str] = {}
    if not assessment.information.strip():
        problems["information"] = "Say what the grading rests on."
    if not assessment.given_by.strip():
        problems["given_by"] = "Say who gave the information."
    for code, answer in assessment.answers.items():
        if code not in QUESTIONS or answer not in Known.values:
            problems["answers"] = "Choose from the listed questions and answers."
    not_in_future(problems, given_at=assessment.given_at)
    refuse(problems)


def record_grading(actor: Actor, incident: Incident, *, before: str, assessment: Assessment) -> None:
    """History, clocks, timeline, triggers and event of a grading that `move` has just written."""
    now = timezone.now()
    entry = RiskAssessment.objects.create(
        incident=incident,
        scheme=incident.scheme,
        category=incident.status,
        level=incident.risk_level,
        previous_level=before,
        information=assessment.information.strip(),
        given_by=assessment.given_by.strip(),
        given_at=assessment.given_at or now,
        rationale=assessment.rationale.strip(),
        answers=dict(assessment.answers),
        assessed_by_id=actor.user_id,
        assessed_at=now,
    )
    start_clocks(incident, graded_at=now)
    sync(incident)
    label = status_label(incident.scheme, incident.status)
    risk = risk_label(incident.scheme, incident.risk_level)
    add_timeline_entry(
        incident_id=incident.pk,
        kind="incident.graded",
        actor=actor,
        audience=Audience.EVERYONE,
        summary=f"Graded: {label}" + ("" if label == risk else f", {risk.lower()}"),
        subject=("missingcases.RiskAssessment", entry.pk),
    )
    raise_for_risk(incident)
    if not incident.starts_held:
        publish(
            events.IncidentGraded(
                incident_id=incident.pk,
                at=now,
                category=IncidentStatus(incident.status),
                level=RiskLevel(incident.risk_level),
            )
        )


@transaction.atomic
def make_long_term(*, actor: Actor, incident_id: int, reason: str) -> Incident:
    """Declare somebody long-term missing after a review; the risk stays as it is."""
    incident = for_writing(actor, incident_id)
    require(may_make_long_term(actor, incident))
    move(incident, INCIDENT, IncidentStatus.LONG_TERM, actor=actor, reason=reason)
    review_for_long(incident, at=timezone.now())
    sync(incident)
    add_timeline_entry(
        incident_id=incident.pk,
        kind="incident.made_long_term",
        actor=actor,
        audience=Audience.EVERYONE,
        summary="Long-term missing",
    )
    return incident
