"""Who reads what was told: the charity's helpline. Police read what is made of it and sent to them."""

from __future__ import annotations

from foundation.access import Refusal, holds_any
from foundation.accounts.enums import HELPLINE, OrganisationKind
from foundation.actors import Actor

_WORDS = "Only the charity's helpline reads these."


def may_read(actor: Actor) -> Refusal | None:
    """The helpline of a charity, in person."""
    if actor.organisation_kind != OrganisationKind.CHARITY or actor.user_id is None:
        return Refusal("organisation", _WORDS)
    return holds_any(actor, HELPLINE, _WORDS)
