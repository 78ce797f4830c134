"""The ways of a sharing agreement."""

from __future__ import annotations

from foundation.access import Refusal
from foundation.accounts.enums import INSPECTORS, Role
from foundation.actors import Actor
from foundation.states import StateTable, Transition
from missingcases.agreements.enums import AgreementStatus as S
from missingcases.agreements.models import Agreement

# They answer for what their organisation shares, and sign for it.
SIGNERS: frozenset[Role] = INSPECTORS | {
    Role.ADMINISTRATOR,
    Role.CHARITY_MANAGER,
    Role.LOCAL_AUTHORITY,
    Role.NATIONAL_UNIT,
    Role.PARTNER_WORKER,
}


def either_side(agreement: Agreement, actor: Actor) -> Refusal | None:
    """One of the two organisations."""
    if actor.organisation_id in {agreement.from_organisation_id, agreement.to_organisation_id}:
        return None
    return Refusal("other_organisation", "This is for the two organisations of the agreement.")


def signed_by_both(agreement: Agreement, actor: Actor) -> Refusal | None:
    """A person of each side has signed."""
    if agreement.from_signed_by_id is None or agreement.to_signed_by_id is None:
        return Refusal("not_signed", "A person of each organisation signs first.")
    return either_side(agreement, actor)


AGREEMENT = StateTable(
    name="agreements.Agreement",
    states=tuple(S.values),
    initial=(S.DRAFT,),
    transitions=(
        Transition(S.DRAFT, S.IN_FORCE, SIGNERS, "agreement.in_force", guard=signed_by_both),
        Transition(S.DRAFT, S.ENDED, SIGNERS, "agreement.dropped", guard=either_side, reason_required=True),
        Transition(S.IN_FORCE, S.ENDED, SIGNERS, "agreement.ended", guard=either_side, reason_required=True),
    ),
)
