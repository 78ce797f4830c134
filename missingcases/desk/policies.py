"""Who has a duty desk, who acknowledges an incident, and who sets a force's times."""

from __future__ import annotations

from foundation.access import Refusal
from foundation.accounts.enums import POLICE, OrganisationKind, Role
from foundation.actors import Actor
from missingcases.models import Incident
from missingcases.policies import Standing, standing
from missingcases.policies.visibility import NAMED_ONLY, ORGANISATION_WIDE

DESKS: frozenset[Role] = (ORGANISATION_WIDE | NAMED_ONLY) - {Role.API_CLIENT}


def may_acknowledge(actor: Actor, incident: Incident) -> Refusal | None:
    """Police of the force that holds the incident: they are the ones who are called."""
    if actor.user_id is None or not actor.holds(POLICE):
        return Refusal("role", "A police officer of the force that holds the incident acknowledges it.")
    if actor.organisation_id != incident.owner_id or not standing(actor, incident) & Standing.OWNER:
        return Refusal("other_organisation", "The force that holds the incident acknowledges it.")
    return None


def may_set_times(actor: Actor) -> Refusal | None:
    """An administrator of a force sets that force's own times."""
    force = actor.organisation_kind is OrganisationKind.POLICE_FORCE
    if actor.user_id is None or not force or not actor.holds({Role.ADMINISTRATOR}):
        return Refusal("role", "An administrator of a force sets its own times.")
    return None
