"""The ways of a handover: two people, two signatures."""

from __future__ import annotations

from families.handover.enums import HandoverStatus as S
from families.handover.models import Handover
from foundation.access import Refusal
from foundation.accounts.enums import CHARITY_STAFF, Role
from foundation.actors import Actor
from foundation.states import StateTable, Transition


def by_outgoing(handover: Handover, actor: Actor) -> Refusal | None:
    """Whoever goes."""
    if actor.user_id == handover.outgoing_id and actor.organisation_id == handover.charity_id:
        return None
    return Refusal("not_yours", "Whoever hands over signs first.")


def by_incoming(handover: Handover, actor: Actor) -> Refusal | None:
    """Whoever comes, and nobody for them."""
    if actor.user_id == handover.incoming_id and actor.organisation_id == handover.charity_id:
        return None
    return Refusal("not_yours", "Only whoever takes over signs this.")


def by_outgoing_or_manager(handover: Handover, actor: Actor) -> Refusal | None:
    """Whoever goes, or the duty manager where one of the two is not there any more."""
    if actor.organisation_id == handover.charity_id and actor.holds({Role.CHARITY_MANAGER}):
        return None
    return by_outgoing(handover, actor)


HANDOVER = StateTable(
    name="handover.Handover",
    states=tuple(S.values),
    initial=(S.WRITING,),
    transitions=(
        Transition(S.WRITING, S.SIGNED_OUT, CHARITY_STAFF, "handover.signed_out", by_outgoing),
        Transition(S.SIGNED_OUT, S.DONE, CHARITY_STAFF, "handover.signed_in", by_incoming),
        *(
            Transition(
                source,
                S.CANCELLED,
                CHARITY_STAFF,
                "handover.cancelled",
                by_outgoing_or_manager,
                reason_required=True,
            )
            for source in (S.WRITING, S.SIGNED_OUT)
        ),
    ),
)
