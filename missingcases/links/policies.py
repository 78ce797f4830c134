"""Who may ask another force for a link."""

from __future__ import annotations

from foundation.access import Refusal, holds_any
from foundation.actors import Actor
from missingcases.links.states import LINKERS
from missingcases.models import Incident


def may_link(actor: Actor) -> Refusal | None:
    """Look after the links of one's force: a supervisor or coordinator."""
    return holds_any(
        actor, LINKERS, "A supervisor or missing person coordinator links records with another force."
    )


def may_ask(actor: Actor, incident: Incident) -> Refusal | None:
    """Ask about an incident of one's own force. A restricted one is told to nobody by a machine."""
    if (refusal := may_link(actor)) is not None:
        return refusal
    if actor.organisation_id != incident.owner_id:
        return Refusal("other_organisation", "The force that holds the incident asks.")
    if incident.is_restricted:
        return Refusal("restricted", "A restricted incident is not linked. Speak to the other force.")
    return None
