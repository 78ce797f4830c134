"""What somebody makes of an alert that came in: a proposal of their own, or nothing, and why."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from alerts.cap import selectors
from alerts.cap.enums import ProposalStatus
from alerts.cap.models import CapProposal
from alerts.cap.policies import may_dismiss, may_look, may_show, may_take_up
from alerts.cap.states import PROPOSAL
from alerts.drafting import ContentDetails
from alerts.models import ChildRescueAlert
from alerts.services.areas import MOST_AREAS
from alerts.services.proposing import content_from, propose_alert
from foundation.access import require
from foundation.accounts.enums import OrganisationKind
from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid, NotVisible
from foundation.states import move
from missingcases.models import Incident
from missingcases.selectors import incidents_visible_to

# What a rehearsal that began with an exercise is about: nobody.
MADE_UP = ContentDetails(
    first_name="Rehearsal", description="Made up for an exercise. Nobody is missing", last_seen_place=""
)


def _locked(actor: Actor, proposal_id: int) -> CapProposal:
    """Raises `NotVisible`."""
    seen = selectors.proposals_visible_to(actor).filter(pk=proposal_id).exists()
    if not seen:
        raise NotVisible(f"proposal {proposal_id}")
    return CapProposal.objects.select_for_update(no_key=True).get(pk=proposal_id)


@transaction.atomic
def take_up(*, actor: Actor, proposal_id: int, incident_reference: str = "") -> ChildRescueAlert:
    """Propose an alert for an incident of the actor's force; of an exercise, a rehearsal about nobody.

    Its words begin with what our own record lets be published, never with a stranger's; its areas are those
    of the message that we know. From there it goes every step that any alert goes. Raises `Refused`,
    `Invalid`, `NotVisible`.
    """
    # The incident is locked before the proposal, as everywhere; `propose_alert` locks it.
    seen = selectors.proposals_visible_to(actor).filter(pk=proposal_id).first()
    if seen is None:
        raise NotVisible(f"proposal {proposal_id}")
    require(may_take_up(actor, seen))
    incident = None if seen.is_exercise else _incident(actor, incident_reference)
    alert = propose_alert(
        actor=actor,
        content=MADE_UP if incident is None else content_from(incident),
        area_ids=selectors.areas_of(seen)[:MOST_AREAS],
        incident_id=None if incident is None else incident.pk,
    )
    proposal = _locked(actor, proposal_id)
    require(may_take_up(actor, proposal))
    changes = {"alert_id": alert.pk, **_decided(actor)}
    move(proposal, PROPOSAL, ProposalStatus.TAKEN, actor=actor, changes=changes)
    return alert


def _incident(actor: Actor, reference: str) -> Incident:
    found = incidents_visible_to(actor).filter(reference__iexact=reference.strip()).first()
    if found is None or not reference.strip():
        raise Invalid({"incident": "Enter the reference of an incident that you see, such as MI-7F3K9Q2X."})
    return found


@transaction.atomic
def dismiss(*, actor: Actor, proposal_id: int, reason: str) -> CapProposal:
    """Nothing follows from it, and why. Raises `Refused`, `NotVisible`."""
    proposal = _locked(actor, proposal_id)
    require(may_dismiss(actor, proposal))
    changes = {"reason": reason.strip(), **_decided(actor)}
    return move(proposal, PROPOSAL, ProposalStatus.DISMISSED, actor=actor, reason=reason, changes=changes)


@transaction.atomic
def show_to_force(*, actor: Actor, proposal_id: int, force_id: int) -> CapProposal:
    """Let a force see it that its areas do not name. Raises `Refused`, `Invalid`, `NotVisible`."""
    proposal = _locked(actor, proposal_id)
    require(may_show(actor, proposal))
    forces = Organisation.objects.filter(kind=OrganisationKind.POLICE_FORCE, is_active=True)
    if not forces.filter(pk=force_id).exists():
        raise Invalid({"force": "Choose a force of the list."})
    if force_id not in proposal.force_ids:
        proposal.force_ids = [*proposal.force_ids, force_id]
        proposal.version += 1
        proposal.save(update_fields=["force_ids", "version"])
        audit.record(
            actor=actor, action="cap.shown", target=proposal, target_ids=[force_id], fields=["force_ids"]
        )
    return proposal


@transaction.atomic
def record_read(*, actor: Actor, proposal: CapProposal) -> None:
    """Note that somebody read it. Raises `Refused`."""
    require(may_look(actor))
    audit.record(actor=actor, action="cap.read", target=proposal, fields=["original"])


def _decided(actor: Actor) -> dict[str, object]:
    return {"decided_by_id": actor.user_id, "decided_at": timezone.now()}
