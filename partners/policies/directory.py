"""Who reads the directory of partners, and who keeps it."""

from __future__ import annotations

from foundation.access import Refusal, holds_any
from foundation.accounts.enums import OrganisationKind, Role
from foundation.actors import Actor
from partners.states import READERS as SIDE_READERS

KEEPERS: frozenset[Role] = frozenset({Role.CHARITY_MANAGER, Role.ADMINISTRATOR})
READERS: frozenset[Role] = SIDE_READERS | KEEPERS
_REFERRING = frozenset({OrganisationKind.POLICE_FORCE, OrganisationKind.CHARITY})
_WORDS = "The directory is for those who refer."


def may_read_directory(actor: Actor) -> Refusal | None:
    """Whether `actor` reads the directory: whoever may refer, of a force or the charity, and their inspectors
    and administrators. No partner reads it, and no authority.
    """
    if actor.organisation_kind not in _REFERRING:
        return Refusal("role", _WORDS)
    return holds_any(actor, READERS, _WORDS)


def may_edit_directory(actor: Actor) -> Refusal | None:
    """Whether `actor` keeps the directory: a duty manager or administrator of the charity."""
    if actor.organisation_kind != OrganisationKind.CHARITY:
        return Refusal("organisation", "The charity keeps the directory of partners.")
    return holds_any(actor, KEEPERS, "A duty manager or an administrator of the charity does this.")
