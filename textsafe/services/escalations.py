"""Safeguarding concerns: to the duty manager, and from there to the force or nowhere."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from foundation.access import Refusal, require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid
from foundation.states import move
from missingcases.enums import LawfulBasis, ReleaseKind
from missingcases.models import Incident
from missingcases.services import create_release, decide_release
from textsafe import policies
from textsafe.enums import EscalationStatus
from textsafe.models import Conversation, Escalation
from textsafe.states import ESCALATION


@transaction.atomic
def raise_concern(*, actor: Actor, conversation_id: int, concern: str, is_threat_to_life: bool) -> Escalation:
    """Put a concern before the duty manager. A second one joins the first while that is open."""
    conversation = Conversation.objects.select_for_update(no_key=True).get(pk=conversation_id)
    require(policies.may_raise(actor, conversation))
    if not concern.strip():
        raise Invalid({"concern": "Say what worries you, in a sentence or two."})
    known = conversation.escalations.filter(
        status__in=[EscalationStatus.RAISED, EscalationStatus.TAKEN]
    ).first()
    if known is not None:
        return _join(known, actor, concern, is_threat_to_life)
    escalation = Escalation.objects.create(
        conversation=conversation,
        is_threat_to_life=is_threat_to_life,
        concern=concern.strip(),
        raised_by_id=_person(actor),
        raised_at=timezone.now(),
    )
    audit.record(actor=actor, action="textsafe.concern_raised", target=escalation, fields=["concern"])
    return escalation


def _join(known: Escalation, actor: Actor, concern: str, is_threat_to_life: bool) -> Escalation:
    known.concern = f"{known.concern}\n\n{concern.strip()}"
    known.is_threat_to_life = known.is_threat_to_life or is_threat_to_life
    known.version += 1
    known.save(update_fields=["concern", "is_threat_to_life", "version"])
    audit.record(actor=actor, action="textsafe.concern_added", target=known, fields=["concern"])
    return known


def _locked(escalation_id: int) -> Escalation:
    return (
        Escalation.objects.select_for_update(no_key=True, of=("self",))
        .select_related("conversation__request")
        .get(pk=escalation_id)
    )


@transaction.atomic
def take_concern(*, actor: Actor, escalation_id: int) -> Escalation:
    """The duty manager has it."""
    escalation = _locked(escalation_id)
    require(policies.may_decide_escalation(actor, escalation))
    return move(
        escalation, ESCALATION, EscalationStatus.TAKEN, actor=actor, changes={"manager_id": actor.user_id}
    )


@transaction.atomic
def propose_words(*, actor: Actor, escalation_id: int, text: str, reason: str) -> Escalation:
    """Write what the force would read: `text` and nothing else, and why confidence is broken.

    It is a draft that the force cannot see. Whoever writes it cannot approve it (domain.md section 8:
    a manager's approval); later words take the place of earlier ones. Raises `Refused`, `Invalid`.
    """
    escalation = _locked(escalation_id)
    require(policies.may_propose(actor, escalation))
    request = escalation.conversation.request
    _need(request is not None and bool(text.strip()), "text", "Write exactly what the force is to read.")
    _need(bool(reason.strip()), "reason", "Say why confidence is broken. This is kept with the record.")
    incident = Incident.objects.get(pk=request.incident_id if request else 0)
    escalation.release = create_release(
        actor=actor,
        incident_id=incident.pk,
        to_organisation_id=incident.owner_id,
        kind=ReleaseKind.THREAT_TO_LIFE,
        fields={"message": text.strip()},
        purpose="To protect life.",
        lawful_basis=LawfulBasis.VITAL_INTERESTS,
        reason=reason,
    )
    escalation.version += 1
    escalation.save(update_fields=["release", "version"])
    audit.record(actor=actor, action="textsafe.words_proposed", target=escalation, fields=["release"])
    return escalation


@transaction.atomic
def release_to_force(*, actor: Actor, escalation_id: int, release_id: int, reason: str) -> Escalation:
    """Approve the proposed words (`release_id`: those that were read): the force sees them, and must
    acknowledge. Raises `Refused`, for the author of the words too.
    """
    escalation = _locked(escalation_id)
    require(policies.may_release(actor, escalation))
    if escalation.release_id != release_id:
        require(Refusal("changed", "The words were changed while you read. Read them again, then decide."))
    _need(bool(reason.strip()), "reason", "Say why confidence is broken. This is kept with the record.")
    decide_release(actor=actor, release_id=release_id, approve=True, reason=reason)
    return _decide(escalation, EscalationStatus.RELEASED, actor, reason)


@transaction.atomic
def keep_confidential(*, actor: Actor, escalation_id: int, reason: str) -> Escalation:
    """Decide that confidence is kept, and why. Proposed words stay a draft that nobody else sees."""
    escalation = _locked(escalation_id)
    require(policies.may_decide_escalation(actor, escalation))
    return _decide(escalation, EscalationStatus.KEPT, actor, reason)


def _need(given: bool, field: str, words: str) -> None:
    if not given:
        raise Invalid({field: words})


def _decide(escalation: Escalation, to: EscalationStatus, actor: Actor, reason: str) -> Escalation:
    decided = {"manager_id": actor.user_id, "decided_at": timezone.now()}
    return move(escalation, ESCALATION, to, actor=actor, reason=reason, changes=decided)


def _person(actor: Actor) -> int:
    """The person who acts; the policies let nobody else come this far."""
    if actor.user_id is None:
        require(Refusal("person", "A person has to do this."))
        return 0
    return actor.user_id
