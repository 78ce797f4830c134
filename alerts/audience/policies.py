"""Who looks after the audience: the charity's managers and administrators. Nobody reads its addresses."""

from __future__ import annotations

from alerts.audience.enums import ImportStatus
from alerts.audience.models import ListImport
from alerts.audience.states import KEEPERS
from foundation.access import Refusal, holds_any
from foundation.accounts.enums import OrganisationKind, Role
from foundation.actors import Actor

_WORDS = "Only the charity's managers and administrators look after who gets alerts."


def may_manage(actor: Actor) -> Refusal | None:
    """See the figures, bring lists in, name who gets rehearsals."""
    if actor.organisation_kind != OrganisationKind.CHARITY or actor.user_id is None:
        return Refusal("organisation", _WORDS)
    return holds_any(actor, KEEPERS, _WORDS)


def may_load_districts(actor: Actor) -> Refusal | None:
    """Replace the table of postcode districts: an administrator of the charity, or the command line."""
    if actor.is_system:
        return None
    return may_manage(actor) or holds_any(
        actor, {Role.ADMINISTRATOR}, "An administrator loads the table of postcode districts."
    )


def may_confirm(actor: Actor, row: ListImport) -> Refusal | None:
    """Add a list that was checked: somebody of its charity who saw what the check found."""
    refusal = may_manage(actor)
    if refusal is not None:
        return refusal
    if row.organisation_id != actor.organisation_id:
        return Refusal("organisation", _WORDS)
    if row.status != ImportStatus.CHECKED:
        return Refusal("not_checked", "A list can be added once it has been checked, and only once.")
    if not row.good:
        return Refusal("nothing_good", "No line of this list can be added. See what is wrong with it.")
    return None
