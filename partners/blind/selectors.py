"""What each side sees of pairings, comparisons and candidates. The default is nothing."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from foundation.accounts.enums import OrganisationKind
from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import NotVisible
from missingcases.agreements.enums import AgreementStatus
from missingcases.agreements.models import Agreement
from missingcases.enums import IncidentStatus
from missingcases.models import Incident
from missingcases.selectors import records_visible_to
from partners.blind.enums import CandidateStatus, PairingStatus
from partners.blind.models import Candidate, Pairing, Run
from partners.blind.putting import may_be_put
from partners.blind.states import HOLDERS, PARTNER

SHOWN = 50
# The field that an agreement must name before two may compare.
AGREED_FIELD = "possible_match"
# What the partner was told of. What runs is shown while the incident may be put to it, whoever was late to
# withdraw it.
_LIVE = (CandidateStatus.CONFIRMED_HERE, CandidateStatus.CONFIRMED)
_SETTLED = (CandidateStatus.REJECTED, CandidateStatus.WITHDRAWN)


def is_holder(actor: Actor) -> bool:
    """Whether the actor compares for a force."""
    return actor.organisation_kind == OrganisationKind.POLICE_FORCE and actor.holds(HOLDERS)


def is_partner(actor: Actor) -> bool:
    """Whether the actor compares for a partner."""
    return actor.organisation_kind == OrganisationKind.PARTNER and actor.holds(PARTNER)


def visible_to(actor: Actor) -> QuerySet[Pairing]:
    """The pairings of one's own organisation, for whoever compares for it."""
    rows = Pairing.objects.select_related("holder", "partner", "agreement", "key_shown_to", "started_by")
    if is_holder(actor):
        return rows.filter(holder_id=actor.organisation_id)
    if is_partner(actor) or (actor.client_id is not None and actor.organisation_id is not None):
        return rows.filter(partner_id=actor.organisation_id)
    return rows.none()


def pairing_named(actor: Actor, reference: str) -> Pairing:
    """One pairing. Raises `NotVisible`."""
    found = visible_to(actor).filter(reference=reference).first()
    if found is None:
        raise NotVisible(reference)
    return found


def runs_of(actor: Actor, pairing: Pairing) -> QuerySet[Run]:
    """Its comparisons, the newest first."""
    return Run.objects.filter(pairing__in=visible_to(actor), pairing=pairing).select_related("asked_by")


def candidates_visible_to(actor: Actor) -> QuerySet[Candidate]:
    """For the force, those of incidents whose record the actor sees; for the partner, what it was told of."""
    rows = Candidate.objects.select_related(
        "pairing__holder", "pairing__partner", "here_by", "there_by", "run"
    )
    if is_holder(actor):
        return rows.filter(
            pairing__holder_id=actor.organisation_id,
            incident__in=records_visible_to(actor).values("pk"),
        ).select_related("incident__person", "incident__owner")
    if is_partner(actor) or (actor.client_id is not None and actor.organisation_id is not None):
        told = rows.filter(pairing__partner_id=actor.organisation_id, told_at__isnull=False)
        put = may_be_put(Incident.objects.filter(status=IncidentStatus.LONG_TERM))
        return told.filter(Q(status__in=_SETTLED) | Q(status__in=_LIVE, incident__in=put.values("pk")))
    return rows.none()


def candidate_named(actor: Actor, reference: str) -> Candidate:
    """One candidate; audited. Raises `NotVisible`."""
    found = candidates_visible_to(actor).filter(reference=reference).first()
    if found is None:
        raise NotVisible(reference)
    audit.record(actor=actor, action="blind.candidate_read", target=found, incident_id=found.incident_id)
    return found


def waiting_for(actor: Actor) -> QuerySet[Candidate]:
    """Candidates on which the actor's side has to decide, the strongest first for a force."""
    if is_holder(actor):
        rows = candidates_visible_to(actor).filter(status=CandidateStatus.PROPOSED)
        return rows.order_by("-is_strong", "-score", "pk")
    rows = candidates_visible_to(actor).filter(status=CandidateStatus.CONFIRMED_HERE)
    return rows.order_by("told_at", "pk")


def waiting_listed(actor: Actor) -> list[Candidate]:
    """A screenful of those that wait for the actor's side; audited as one entry."""
    return _noted(actor, list(waiting_for(actor)[:SHOWN]))


def listed(actor: Actor, pairing: Pairing) -> list[Candidate]:
    """A screenful of a pairing's candidates, those that wait first; audited as one entry."""
    rows = candidates_visible_to(actor).filter(pairing=pairing)
    return _noted(actor, sorted(rows[: 4 * SHOWN], key=lambda row: (_turn(actor, row), -row.score))[:SHOWN])


def _noted(actor: Actor, found: list[Candidate]) -> list[Candidate]:
    audit.record(
        actor=actor,
        action="blind.candidates_read",
        target=Candidate,
        target_ids=sorted(row.pk for row in found),
    )
    return found


def _turn(actor: Actor, row: Candidate) -> int:
    mine = CandidateStatus.PROPOSED if is_holder(actor) else CandidateStatus.CONFIRMED_HERE
    order = (mine, CandidateStatus.PROPOSED, CandidateStatus.CONFIRMED_HERE, CandidateStatus.CONFIRMED)
    return order.index(CandidateStatus(row.status)) if row.status in order else len(order)


def agreement_for(holder_id: int, partner_id: int, today: date) -> Agreement | None:
    """The agreement in force by which the force may tell the partner of a possible match, if there is one."""
    rows = Agreement.objects.filter(
        from_organisation_id=holder_id,
        to_organisation_id=partner_id,
        status=AgreementStatus.IN_FORCE,
        field_names__contains=[AGREED_FIELD],
    )
    return next((row for row in rows.order_by("-review_on") if today <= row.covers_until), None)


def partners_to_pair(actor: Actor) -> QuerySet[Organisation]:
    """Partner organisations with which the actor's force has no pairing in use."""
    paired = Pairing.objects.filter(holder_id=actor.organisation_id or 0, status=PairingStatus.ACTIVE)
    rows = Organisation.objects.filter(kind=OrganisationKind.PARTNER, is_active=True)
    return rows.exclude(pk__in=paired.values("partner_id")).order_by("name")
