"""Safeguarding concerns out of a contact: to the duty manager, and from there to the force or nowhere."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from families.helpline import policies, selectors
from families.helpline.enums import ConcernStatus
from families.helpline.models import Concern
from families.helpline.services.contacts import locked
from families.helpline.states import CONCERN
from foundation.access import Refusal, require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid, NotVisible
from foundation.states import move
from missingcases.enums import LawfulBasis, ReleaseKind
from missingcases.services import create_release, decide_release

OPEN = (ConcernStatus.RAISED, ConcernStatus.TAKEN)


@transaction.atomic
def raise_concern(*, actor: Actor, contact_id: int, concern: str, is_threat_to_life: bool) -> Concern:
    """Put a concern before the duty manager. A second one joins the first while that is open."""
    contact = locked(actor, contact_id)
    require(policies.may_work_on(actor, contact))
    words = concern.strip()
    if not words:
        raise Invalid({"concern": "Say what worries you, in a sentence or two."})
    known = contact.concerns.filter(status__in=OPEN).first()
    if known is not None:
        known.concern = f"{known.concern}\n\n{words}"
        known.is_threat_to_life = known.is_threat_to_life or is_threat_to_life
        return _saved(known, actor, "helpline.concern_added", "concern", "is_threat_to_life")
    raised = Concern.objects.create(
        contact=contact,
        is_threat_to_life=is_threat_to_life,
        concern=words,
        raised_by_id=actor.user_id or 0,
        raised_at=timezone.now(),
    )
    audit.record(actor=actor, action="helpline.concern_raised", target=raised, fields=["concern"])
    return raised


def _saved(row: Concern, actor: Actor, action: str, *names: str) -> Concern:
    row.version += 1
    row.save(update_fields=[*names, "version"])
    audit.record(actor=actor, action=action, target=row, fields=list(names))
    return row


def _locked(actor: Actor, concern_id: int) -> Concern:
    rows = selectors.concerns_visible_to(actor).select_for_update(no_key=True, of=("self",))
    found = rows.filter(pk=concern_id).first()
    if found is None:
        raise NotVisible(f"concern {concern_id}")
    return found


@transaction.atomic
def take_concern(*, actor: Actor, concern_id: int) -> Concern:
    """The duty manager has it."""
    concern = _locked(actor, concern_id)
    require(policies.may_decide_concern(actor, concern))
    return move(concern, CONCERN, ConcernStatus.TAKEN, actor=actor, changes={"manager_id": actor.user_id})


@transaction.atomic
def propose_words(*, actor: Actor, concern_id: int, text: str, reason: str) -> Concern:
    """Write what the force would read: `text` and nothing else. A draft, until somebody else approves it."""
    concern = _locked(actor, concern_id)
    incident = selectors.linked_incident(concern.contact)
    require(policies.may_propose(actor, concern, linked=incident is not None))
    _need(text, "text", "Write exactly what the force is to read.")
    _need(reason, "reason", "Say why confidence is broken. This is kept with the record.")
    concern.release = create_release(
        actor=actor,
        incident_id=incident.pk if incident else 0,
        to_organisation_id=incident.owner_id if incident else 0,
        kind=ReleaseKind.THREAT_TO_LIFE,
        fields={"message": text.strip()},
        purpose="To protect life.",
        lawful_basis=LawfulBasis.VITAL_INTERESTS,
        reason=reason,
    )
    return _saved(concern, actor, "helpline.words_proposed", "release")


@transaction.atomic
def release_to_force(*, actor: Actor, concern_id: int, release_id: int, reason: str) -> Concern:
    """Approve the words that were read (`release_id`): the force sees them and must acknowledge."""
    concern = _locked(actor, concern_id)
    require(policies.may_release(actor, concern))
    if concern.release_id != release_id:
        require(Refusal("changed", "The words were changed while you read. Read them again, then decide."))
    _need(reason, "reason", "Say why confidence is broken. This is kept with the record.")
    decide_release(actor=actor, release_id=release_id, approve=True, reason=reason)
    return _decide(concern, ConcernStatus.RELEASED, actor, reason)


@transaction.atomic
def keep_confidential(*, actor: Actor, concern_id: int, reason: str) -> Concern:
    """Decide that confidence is kept, and why."""
    concern = _locked(actor, concern_id)
    require(policies.may_decide_concern(actor, concern))
    return _decide(concern, ConcernStatus.KEPT, actor, reason)


def _decide(concern: Concern, to: ConcernStatus, actor: Actor, reason: str) -> Concern:
    decided = {"manager_id": actor.user_id, "decided_at": timezone.now()}
    return move(concern, CONCERN, to, actor=actor, reason=reason, changes=decided)


def _need(given: str, field: str, words: str) -> None:
    if not given.strip():
        raise Invalid({field: words})
