"""What waits for somebody: reviews, actions, offers, releases. Each list is what the actor may know."""

from __future__ import annotations

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from foundation.accounts.enums import POLICE, SUPERVISORS
from foundation.actors import Actor
from missingcases.enums import (
    OPEN,
    ActionStatus,
    IncidentStatus,
    Outcome,
    RiskLevel,
    TransferStatus,
)
from missingcases.models import Action, Incident, ReviewClock, Transfer
from missingcases.policies import REVIEWERS
from missingcases.selectors.clocks import running_clocks
from missingcases.selectors.incidents import records_visible_to

# What is not graded yet stands beside medium.
_BY_RISK = Case(
    *(
        When(risk_level=level, then=Value(rank))
        for rank, level in enumerate((RiskLevel.HIGH, RiskLevel.MEDIUM, RiskLevel.LOW, RiskLevel.NO_APPARENT))
    ),
    default=Value(1),
    output_field=IntegerField(),
)


def open_of_mine(actor: Actor) -> QuerySet[Incident]:
    """Open incidents the actor holds or recorded, the highest risk first."""
    if not actor.holds(POLICE):
        return Incident.objects.none()
    return _mine(actor).filter(status__in=sorted(OPEN)).order_by(_BY_RISK, "-reported_at", "-pk")


def _mine(actor: Actor) -> QuerySet[Incident]:
    """Incidents of the actor's force that they hold, or recorded while nobody holds them."""
    rows = records_visible_to(actor).filter(owner_id=actor.organisation_id)
    recorded = Q(owner_officer__isnull=True, created_by_id=actor.user_id)
    return rows.filter(Q(owner_officer_id=actor.user_id) | recorded).select_related("person")


def to_interview(actor: Actor) -> QuerySet[Incident]:
    """People whom the actor's incidents found alive and nobody has talked to yet, the longest found first."""
    if not actor.holds(POLICE):
        return Incident.objects.none()
    rows = _mine(actor).filter(status=IncidentStatus.LOCATED).exclude(outcome=Outcome.LOCATED_DECEASED)
    return rows.order_by("located_at", "pk")


def to_close(actor: Actor) -> QuerySet[Incident]:
    """What only a supervisor ends: the interview is done, or the person has died."""
    if not actor.holds(SUPERVISORS):
        return Incident.objects.none()
    rows = records_visible_to(actor).filter(owner_id=actor.organisation_id)
    talked = Q(status=IncidentStatus.PREVENTION_DONE)
    died = Q(status=IncidentStatus.LOCATED, outcome=Outcome.LOCATED_DECEASED)
    return rows.filter(talked | died).select_related("person").order_by("located_at", "pk")


def to_grade(actor: Actor) -> QuerySet[Incident]:
    """Reports nobody has graded yet, the oldest first; for supervisors."""
    if not actor.holds(SUPERVISORS):
        return Incident.objects.none()
    waiting = [IncidentStatus.REPORTED, IncidentStatus.REOPENED]
    rows = records_visible_to(actor).filter(status__in=waiting, owner_id=actor.organisation_id)
    return rows.select_related("person").order_by("reported_at", "pk")


def reviews_due(actor: Actor) -> QuerySet[ReviewClock]:
    """Running reviews of the actor's force that their rank completes, the most overdue first."""
    kinds = [kind for kind, ranks in REVIEWERS.items() if actor.holds(ranks)]
    if not kinds:
        return ReviewClock.objects.none()
    own = records_visible_to(actor).filter(owner_id=actor.organisation_id)
    rows = running_clocks().filter(kind__in=kinds, incident__in=own)
    return rows.select_related("incident__person").order_by("due_at", "pk")


def actions_due(actor: Actor) -> QuerySet[Action]:
    """Open actions the actor's organisation holds on incidents they see, the first due first."""
    rows = Action.objects.filter(
        owner_id=actor.organisation_id, status=ActionStatus.OPEN, incident__in=records_visible_to(actor)
    )
    return rows.select_related("incident__person").order_by("due_at", "pk")


def actions_of(actor: Actor, incident: Incident) -> QuerySet[Action]:
    """The incident's actions: all of them for its owner force, their own for others."""
    rows = Action.objects.filter(incident_id=incident.pk).select_related("owner", "assignee")
    if actor.organisation_id != incident.owner_id:
        rows = rows.filter(owner_id=actor.organisation_id)
    return rows.order_by("status", "due_at", "pk")


def transfers_to_answer(actor: Actor) -> QuerySet[Transfer]:
    """Offers waiting for the actor's force, the first due first."""
    if not actor.holds(SUPERVISORS):
        return Transfer.objects.none()
    rows = Transfer.objects.filter(to_organisation_id=actor.organisation_id, status=TransferStatus.OFFERED)
    rows = rows.filter(incident__in=records_visible_to(actor))
    return rows.select_related("incident", "from_organisation").order_by("answer_by", "pk")


def transfers_unanswered(actor: Actor) -> QuerySet[Transfer]:
    """Offers of the actor's force that nobody answered in time."""
    if not actor.holds(SUPERVISORS):
        return Transfer.objects.none()
    rows = Transfer.objects.filter(
        from_organisation_id=actor.organisation_id,
        status=TransferStatus.OFFERED,
        escalated_at__isnull=False,
    )
    return rows.select_related("incident", "to_organisation").order_by("answer_by", "pk")
