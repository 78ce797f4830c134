"""Who reads, writes, signs and reviews sharing agreements."""

from __future__ import annotations

from foundation.access import Refusal, holds_any
from foundation.accounts.enums import Role
from foundation.actors import Actor
from missingcases.agreements.enums import AgreementStatus
from missingcases.agreements.models import Agreement
from missingcases.agreements.states import AGREEMENT, SIGNERS, either_side

READERS: frozenset[Role] = SIGNERS | {Role.AUDITOR}


def may_draft(actor: Actor) -> Refusal | None:
    """Write a draft with another organisation."""
    return holds_any(actor, SIGNERS, "Whoever answers for sharing in your organisation writes agreements.")


def may_edit(actor: Actor, agreement: Agreement) -> Refusal | None:
    """Change a draft; what is in force is ended and written anew."""
    if agreement.status != AgreementStatus.DRAFT:
        return Refusal("not_draft", "Only a draft is changed. End this one and write another.")
    return may_draft(actor) or either_side(agreement, actor)


def may_sign(actor: Actor, agreement: Agreement) -> Refusal | None:
    """Sign for one's own organisation; nobody signs for both."""
    if agreement.status != AgreementStatus.DRAFT:
        return Refusal("not_draft", "Only a draft is signed.")
    if (refusal := may_draft(actor) or either_side(agreement, actor)) is not None:
        return refusal
    ours, theirs = agreement.from_signed_by_id, agreement.to_signed_by_id
    if actor.organisation_id != agreement.from_organisation_id:
        ours, theirs = theirs, ours
    if ours is not None:
        return Refusal("signed", "Your organisation has signed.")
    if actor.user_id is None or actor.user_id == theirs:
        return Refusal("same_person", "Somebody else signs for your organisation.")
    return None


def may_review(actor: Actor, agreement: Agreement) -> Refusal | None:
    """Say that it still holds, and until when."""
    if agreement.status != AgreementStatus.IN_FORCE:
        return Refusal("not_in_force", "Only an agreement in force is reviewed.")
    return may_draft(actor) or either_side(agreement, actor)


def may_end(actor: Actor, agreement: Agreement) -> Refusal | None:
    """End it, or drop the draft, for one's own side."""
    return AGREEMENT.may(agreement, AgreementStatus.ENDED, actor)
