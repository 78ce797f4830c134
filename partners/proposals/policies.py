"""Who decides after a review whether somebody is referred."""

from __future__ import annotations

from foundation.access import Refusal, holds_any
from foundation.accounts.enums import SUPERVISORS, Role
from foundation.actors import Actor
from missingcases.models import Incident

DECIDERS = SUPERVISORS | {Role.POLICE_COORDINATOR}


def may_decide(actor: Actor, incident: Incident) -> Refusal | None:
    """Say why somebody is not referred."""
    if actor.organisation_id != incident.owner_id:
        return Refusal("other_organisation", "The force that holds the incident decides.")
    return holds_any(actor, DECIDERS, "A supervisor, inspector or coordinator decides.")
