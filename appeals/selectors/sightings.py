"""Sightings as each side may see them: the charity all that reached it, the force what was passed to it."""

from __future__ import annotations

from django.db.models import F, QuerySet

from appeals.enums import SightingStatus, SubmissionKind, Triage
from appeals.models import Sighting
from appeals.states import TRIAGERS
from foundation.accounts.enums import POLICE, OrganisationKind
from foundation.actors import Actor
from foundation.exceptions import NotVisible
from missingcases.selectors import incidents_visible_to

# What the force has, or had: nothing before the charity passed it.
WITH_POLICE = (
    SightingStatus.PASSED_TO_POLICE,
    SightingStatus.ACKNOWLEDGED,
    SightingStatus.ASSESSED,
    SightingStatus.OUTCOME,
)


def sightings_visible_to(actor: Actor) -> QuerySet[Sighting]:
    """What an actor may read. Families never see one (domain.md section 3), and other desks neither.

    What somebody wrote about themself stays with the charity, whatever became of it.
    """
    if actor.organisation_kind is OrganisationKind.CHARITY and actor.holds(TRIAGERS):
        return Sighting.objects.filter(appeal__charity=actor.organisation_id)
    if actor.organisation_kind is OrganisationKind.POLICE_FORCE and actor.holds(POLICE):
        return Sighting.objects.filter(
            kind=SubmissionKind.SIGHTING,
            status__in=WITH_POLICE,
            incident__in=incidents_visible_to(actor),
            incident__owner=actor.organisation_id,
        )
    return Sighting.objects.none()


def sighting_for(actor: Actor, reference: str) -> Sighting:
    """One sighting. Raises `NotVisible`; the caller audits the opening."""
    rows = sightings_visible_to(actor).select_related("appeal", "incident", "area")
    found = rows.filter(reference=reference).first()
    if found is None:
        raise NotVisible(reference)
    return found


def to_triage(actor: Actor) -> QuerySet[Sighting]:
    """What waits for the charity: to be judged, or to be passed; the first to be late first."""
    rows = sightings_visible_to(actor).filter(status__in=[SightingStatus.RECEIVED, SightingStatus.TRIAGED])
    waiting = rows.exclude(triage=Triage.MALICIOUS) if actor.holds(TRIAGERS) else rows.none()
    return waiting.order_by(F("pass_by").asc(nulls_first=True), "received_at", "pk")


def to_answer(actor: Actor) -> QuerySet[Sighting]:
    """What the force was passed and has not acknowledged or finished, the first to be late first."""
    rows = sightings_visible_to(actor).exclude(status=SightingStatus.OUTCOME)
    mine = rows.filter(status__in=WITH_POLICE) if actor.holds(POLICE) else rows.none()
    return mine.order_by(F("acknowledged_at").asc(nulls_first=True), "acknowledge_by", "pk")


def finished(actor: Actor) -> QuerySet[Sighting]:
    """What needs nothing more of the actor's side, the newest first."""
    rows = sightings_visible_to(actor)
    if actor.holds(TRIAGERS):
        rows = rows.exclude(status__in=[SightingStatus.RECEIVED, SightingStatus.TRIAGED]) | rows.filter(
            triage=Triage.MALICIOUS
        )
    else:
        rows = rows.filter(status=SightingStatus.OUTCOME)
    return rows.order_by("-received_at", "-pk")
