"""The incidents that ended gravely, for whoever may open their records: each with its gradings in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q

from foundation.actors import Actor
from missingcases.enums import DeathType, Harm, Outcome
from missingcases.models import Incident, RiskAssessment
from missingcases.selectors import records_visible_to
from reports.learning.outcomes import SERIOUS_HARM, Result
from reports.periods import Period
from reports.scope import Scope

MOST = 100


@dataclass(frozen=True, slots=True)
class Grading:
    """One grading: what the scheme of its time called the level, and when."""

    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """One incident, with what is recorded of how it ended."""

    incident: Incident
    result: Result
    details: str
    gradings: tuple[Grading, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """The lines; `kept_back` of the force's are of records that this person may not open."""

    lines: tuple[Line, ...]
    kept_back: int
    is_cut: bool


def listed(actor: Actor, scope: Scope, period: Period) -> Listed:
    """Fatal ones first, then the newest. Three queries."""
    rows = Incident.objects.filter(
        _grave(), owner_id=scope.force_id, reported_at__gte=period.starts_at, reported_at__lt=period.ends_at
    )
    seen = records_visible_to(actor).filter(pk__in=rows.values("pk"))
    in_order = Prefetch("assessments", RiskAssessment.objects.order_by("assessed_at", "pk"))
    found = seen.order_by("-reported_at", "-pk").prefetch_related(in_order)
    lines = sorted((_line(one) for one in found), key=lambda one: one.result is not Result.FATAL)
    return Listed(tuple(lines[:MOST]), rows.count() - len(lines), is_cut=len(lines) > MOST)


def _grave() -> Q:
    return Q(outcome=Outcome.LOCATED_DECEASED) | Q(harm__overlap=list(SERIOUS_HARM)) & ~Q(
        outcome__in=["", Outcome.CANCELLED]
    )


def _line(incident: Incident) -> Line:
    is_fatal = incident.outcome == Outcome.LOCATED_DECEASED
    harms = [str(Harm(one).label) for one in incident.harm if one in SERIOUS_HARM]
    death = [str(DeathType(incident.death_type).label)] if incident.death_type else []
    return Line(
        incident=incident,
        result=Result.FATAL if is_fatal else Result.SERIOUS,
        details=", ".join(death + harms),
        gradings=tuple(Grading(one.level_words, one.assessed_at) for one in incident.assessments.all()),
    )
