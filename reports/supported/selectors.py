"""Reading what an incident costs."""

from __future__ import annotations

from django.db.models import QuerySet

from foundation.accounts.enums import OrganisationKind
from foundation.actors import Actor
from reports.scope import Scope
from reports.supported.models import IncidentCost


def costs_of(organisation_id: int) -> QuerySet[IncidentCost]:
    """Everything an organisation ever set, the newest first."""
    return IncidentCost.objects.filter(organisation_id=organisation_id).select_related(
        "organisation", "set_by"
    )


def cost_for(actor: Actor, scope: Scope) -> IncidentCost | None:
    """What is reckoned with: the newest of the force in question, else of the reader's own organisation,
    else of the charity; None where nobody set any."""
    for organisation_id in (scope.force_id, actor.organisation_id):
        if organisation_id is not None and (found := costs_of(organisation_id).first()):
            return found
    charity = IncidentCost.objects.filter(organisation__kind=OrganisationKind.CHARITY)
    return charity.select_related("organisation", "set_by").first()
