"""Who looks after what is owed."""

from foundation.access import Refusal, holds_any
from foundation.accounts.enums import Role
from foundation.actors import Actor


def may_see_owed(actor: Actor) -> Refusal | None:
    """Administrators look after deliveries; a row names no person and no incident to them."""
    return holds_any(actor, {Role.ADMINISTRATOR}, "Only an administrator looks after what is owed.")
