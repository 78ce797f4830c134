"""Who takes and passes on messages home."""

from __future__ import annotations

from foundation.access import Refusal, holds_any
from foundation.accounts.enums import OrganisationKind
from foundation.actors import Actor
from missingcases.messages_home.states import MESSENGERS

_WORDS = "The charity's helpline and family support take and pass on messages."


def may_take(actor: Actor) -> Refusal | None:
    """Staff of the charity who speak with missing people or with families."""
    if actor.organisation_kind != OrganisationKind.CHARITY or actor.user_id is None:
        return Refusal("role", _WORDS)
    return holds_any(actor, MESSENGERS, _WORDS)
