"""Who may import, and who may let services start for what was imported."""

from __future__ import annotations

from foundation.access import Refusal
from foundation.accounts.enums import SUPERVISORS, Role
from foundation.actors import Actor
from missingcases.imports.models import BatchStatus, ImportBatch

IMPORTERS = SUPERVISORS | {Role.POLICE_COORDINATOR}


def may_import(actor: Actor, organisation_id: int) -> Refusal | None:
    """A force's supervisors and coordinators bring in its own records; the command line may for any."""
    if actor.is_system:
        return None
    if not actor.holds(IMPORTERS):
        return Refusal("role", "A supervisor or missing person coordinator imports incidents.")
    if actor.organisation_id != organisation_id:
        return Refusal("other_organisation", "You can import only into your own force.")
    return None


def may_confirm(actor: Actor, batch: ImportBatch) -> Refusal | None:
    """A supervisor of the force, once the import is done and only once."""
    if not actor.holds(SUPERVISORS) or actor.organisation_id != batch.organisation_id:
        return Refusal("role", "A supervisor of the force confirms that services may start.")
    if batch.status != BatchStatus.DONE or batch.is_dry_run:
        return Refusal("not_done", "Services can be started once the import is done.")
    if batch.confirmed_at is not None:
        return Refusal("confirmed", "This import was confirmed already.")
    if not batch.held:
        return Refusal("nothing_held", "This import brought no open incidents.")
    return None
