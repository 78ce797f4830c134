"""Who reads closures supported, and who says what an incident costs."""

from __future__ import annotations

from foundation.access import Refusal, holds_any
from foundation.accounts.enums import OrganisationKind, Role
from foundation.actors import Actor

SETTERS = frozenset({Role.ADMINISTRATOR})
_KINDS = frozenset({OrganisationKind.POLICE_FORCE, OrganisationKind.CHARITY})
_WORDS = "An administrator of a force or of the charity says what an incident costs, each for their own."


def may_set_cost(actor: Actor) -> Refusal | None:
    """Say what an incident costs, for one's own organisation."""
    if actor.user_id is None or actor.organisation_kind not in _KINDS:
        return Refusal("role", _WORDS)
    return holds_any(actor, SETTERS, _WORDS)
