"""Who may take the picture of an alert away: whoever sees that it is wrong, alone and at once."""

from __future__ import annotations

from alerts.models import ChildRescueAlert
from alerts.policies.sides import of_charity, of_force
from foundation.access import Refusal, holds_any
from foundation.accounts.enums import SUPERVISORS, OrganisationKind
from foundation.actors import Actor

_WHO = "This is for a supervisor of the force, or a duty manager of the charity."


def may_remove_picture(actor: Actor, alert: ChildRescueAlert, *, has_picture: bool) -> Refusal | None:
    """Take it away: a supervisor of the force or a duty manager of the charity, while the alert runs."""
    if actor.organisation_kind is OrganisationKind.CHARITY:
        side = of_charity(actor)
    else:
        side = of_force(actor, alert) or holds_any(actor, SUPERVISORS, _WHO)
    if side is not None:
        return side
    if not alert.is_running:
        return Refusal("ended", "This alert has ended: its picture is shown nowhere.")
    return None if has_picture else Refusal("no_picture", "It has no picture.")
