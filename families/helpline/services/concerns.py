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
from missingcases.enums import Ground, LawfulBasis, ReleaseKind
from missingcases.services import ReleaseTerms, create_release, decide_release

_BASES = {
    Ground.THREAT_TO_LIFE: LawfulBasis.VITAL_INTERESTS,
    Ground.SERIOUS_HARM: LawfulBasis.SAFEGUARDING,
    Ground.CHILD_ABUSE: LawfulBasis.SAFEGUARDING,
    Ground.COURT_ORDER: LawfulBasis.LEGAL_OBLIGATION,
    Ground.TERRORISM: LawfulBasis.LEGAL_OBLIGATION,
}
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
def propose_words(
    *, actor: Actor, concern_id: int, text: str, reason: str, ground: str, force_id: int | None = None
) -> Concern:
    """Write what the force would read: `text` and nothing else. A draft, until somebody else approves it.

    It goes to the force of the linked incident; where there is none, to `force_id`, which learns of no
    incident. `ground` is what confidence is broken for.
    """
    concern = _locked(actor, concern_id)
    require(policies.may_propose(actor, concern))
    incident = selectors.linked_incident(concern.contact)
    to_id = incident.owner_id if incident else force_id
    _need(text, "text", "Write exactly what the force is to read.")
    _need(reason, "reason", "Say why confidence is broken. This is kept with the record.")
    if to_id is None:
        raise Invalid({"force": "Choose the force whose area it is."})
    if ground not in Ground.values:
        raise Invalid({"ground": "Say on what ground confidence is broken."})
    is_threat = ground == Ground.THREAT_TO_LIFE
    concern.release = create_release(
        actor=actor,
        incident_id=incident.pk if incident else None,
        to_organisation_id=to_id,
        kind=ReleaseKind.THREAT_TO_LIFE if is_threat else ReleaseKind.CONFIDENCE_BROKEN,
        fields={"message": text.strip()},
        purpose="To protect life." if is_threat else "To protect somebody.",
        lawful_basis=_BASES[Ground(ground)],
        reason=reason,
        source=(Concern._meta.label, concern.pk),
        terms=None if is_threat else ReleaseTerms(ground=ground),
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
