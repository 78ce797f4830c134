"""Who may keep a view, share it, and take a file away."""

from __future__ import annotations

from foundation.access import Refusal, holds_any
from foundation.accounts.enums import RECORD_READERS
from foundation.actors import Actor
from missingcases.search.models import Export, ExportStatus, SavedView

# Whoever is shown a list of records may keep a view of it and take it along.
LISTERS = RECORD_READERS


def may_export(actor: Actor) -> Refusal | None:
    """Take a list along as a file: a person who may see the list."""
    if actor.user_id is None:
        return Refusal("person", "A person takes a list along.")
    return holds_any(actor, LISTERS, "Your role does not include lists of records.")


def may_fetch(actor: Actor, export: Export) -> Refusal | None:
    """Fetch the file: who asked for it, for the organisation they asked in, while there is one."""
    if (refusal := may_export(actor)) is not None:
        return refusal
    if (actor.user_id, actor.organisation_id) != (export.owner_id, export.organisation_id):
        return Refusal("not_yours", "Somebody else asked for this file.")
    if export.status != ExportStatus.DONE:
        return Refusal("not_ready", "The file is not there. It is deleted after a day; ask for it again.")
    return None


def may_change_view(actor: Actor, view: SavedView) -> Refusal | None:
    """Change or delete a view: whose it is."""
    if actor.user_id != view.owner_id or actor.organisation_id != view.organisation_id:
        return Refusal("not_yours", "Only whoever saved a view changes it.")
    return None
