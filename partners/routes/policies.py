"""Who may raise a concern; each step has its policy in the table of its ways."""

from __future__ import annotations

from foundation.access import Refusal, holds_any
from foundation.accounts.enums import POLICE
from foundation.actors import Actor
from missingcases.models import Incident


def may_raise(actor: Actor, incident: Incident) -> Refusal | None:
    """Raise a concern by hand: whoever works on the incident in the force that holds it."""
    if actor.organisation_id != incident.owner_id:
        return Refusal("other_organisation", "The force that holds the incident raises it.")
    return holds_any(actor, POLICE, "An officer of the force raises it.")
