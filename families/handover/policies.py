"""Who hands a shift over."""

from __future__ import annotations

from families.handover.enums import HandoverStatus
from families.handover.models import Handover
from foundation.access import Refusal, holds_any
from foundation.accounts.enums import CHARITY_STAFF, OrganisationKind
from foundation.actors import Actor

_WORDS = "The charity's staff hand their shifts over to each other."


def may_hand_over(actor: Actor) -> Refusal | None:
    """Somebody of the charity's shifts."""
    if actor.organisation_kind != OrganisationKind.CHARITY or actor.user_id is None:
        return Refusal("organisation", _WORDS)
    return holds_any(actor, CHARITY_STAFF, _WORDS)


def may_write(actor: Actor, handover: Handover) -> Refusal | None:
    """Write in a handover: whoever goes, until they sign."""
    if (refusal := may_hand_over(actor)) is not None:
        return refusal
    if actor.user_id != handover.outgoing_id or actor.organisation_id != handover.charity_id:
        return Refusal("not_yours", "Only whoever hands over writes here.")
    if handover.status != HandoverStatus.WRITING:
        return Refusal("signed", "This was signed. What is new goes into the next handover.")
    return None
