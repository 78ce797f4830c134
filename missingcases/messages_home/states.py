"""The ways of a message home: one person carries it, and what became of it is said."""

from __future__ import annotations

from foundation.access import Refusal
from foundation.accounts.enums import HELPLINE, Role
from foundation.actors import Actor
from foundation.states import StateTable, Transition
from missingcases.messages_home.enums import MessageStatus as S
from missingcases.messages_home.models import MessageHome

MESSENGERS = HELPLINE | {Role.FAMILY_SUPPORT}


def of_the_charity(message: MessageHome, actor: Actor) -> Refusal | None:
    """The charity that took it, and nobody else."""
    if actor.organisation_id == message.charity_id:
        return None
    return Refusal("other_organisation", "Only the charity that took the message passes it on.")


def by_its_carrier(message: MessageHome, actor: Actor) -> Refusal | None:
    """Whoever carries it, or the duty manager in their place."""
    if (refusal := of_the_charity(message, actor)) is not None:
        return refusal
    if message.carrier_id == actor.user_id or actor.holds({Role.CHARITY_MANAGER}):
        return None
    return Refusal("not_yours", "A colleague is passing this message on.")


MESSAGE = StateTable(
    name="messages_home.MessageHome",
    states=tuple(S.values),
    initial=(S.TAKEN,),
    transitions=(
        Transition(S.TAKEN, S.PASSING, MESSENGERS, "message_home.passing", of_the_charity),
        Transition(S.PASSING, S.TAKEN, MESSENGERS, "message_home.put_back", by_its_carrier),
        Transition(S.PASSING, S.PASSED, MESSENGERS, "message_home.passed", by_its_carrier),
        *(
            Transition(state, to, MESSENGERS, f"message_home.{to.value}", guard, reason_required=True)
            for state, guard in ((S.TAKEN, of_the_charity), (S.PASSING, by_its_carrier))
            for to in (S.COULD_NOT, S.WITHDRAWN)
        ),
    ),
)
