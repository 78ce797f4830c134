"""From which side somebody acts: the owner force, the charity, the national unit."""

from __future__ import annotations

from alerts.models import ChildRescueAlert
from alerts.states import CHARITY, NATIONAL, WITNESSES
from foundation.access import Refusal, holds_any
from foundation.accounts.enums import POLICE, OrganisationKind
from foundation.actors import Actor

_FORCE_ONLY = "This is for police of the force that owns the incident."
_CHARITY_ONLY = "This is for a duty manager of the charity."
_UNIT_ONLY = "This is for the national unit."


def of_force(actor: Actor, alert: ChildRescueAlert) -> Refusal | None:
    """Police of the alert's own force."""
    if actor.organisation_id != alert.force_id:
        return Refusal("organisation", _FORCE_ONLY)
    return holds_any(actor, POLICE, _FORCE_ONLY)


def of_charity(actor: Actor) -> Refusal | None:
    """A duty manager of the charity."""
    if actor.organisation_kind is not OrganisationKind.CHARITY:
        return Refusal("organisation", _CHARITY_ONLY)
    return holds_any(actor, CHARITY, _CHARITY_ONLY)


def of_charity_who_hears(actor: Actor) -> Refusal | None:
    """Somebody of the charity who may hear a call: a duty manager, or a caseworker on the desk."""
    if actor.organisation_kind is not OrganisationKind.CHARITY:
        return Refusal("organisation", _CHARITY_ONLY)
    return holds_any(actor, WITNESSES, _CHARITY_ONLY)


def of_unit(actor: Actor) -> Refusal | None:
    """An officer of the national unit."""
    if actor.organisation_kind is not OrganisationKind.NATIONAL_UNIT:
        return Refusal("organisation", _UNIT_ONLY)
    return holds_any(actor, NATIONAL, _UNIT_ONLY)


def of_force_or_charity(actor: Actor, alert: ChildRescueAlert) -> Refusal | None:
    """Either of the two who write it."""
    if actor.organisation_kind is OrganisationKind.CHARITY:
        return of_charity(actor)
    return of_force(actor, alert)


def is_missing(alert: ChildRescueAlert) -> Refusal | None:
    """Refuse once the child is not missing any more. A rehearsal is about nobody."""
    if alert.incident is not None and not alert.incident.is_open:
        return Refusal("not_open", "The child is not missing any more: nothing is sent. Call the alert off.")
    return None
