"""Who may say that an outlet shows an appeal again, and have it tried again after a failure."""

from __future__ import annotations

from appeals.enums import OURS, PlacementStatus
from appeals.models import Placement
from appeals.states import PLACEMENT
from foundation.access import Refusal
from foundation.actors import Actor

_NOT_CHARITY = Refusal("organisation", "The charity's publicity desk works with outlets.")


def may_say_seen_again(actor: Actor, placement: Placement) -> Refusal | None:
    """Record that what was confirmed gone is shown all the same."""
    if placement.status != PlacementStatus.CONFIRMED:
        return Refusal("illegal_move", "It is not confirmed gone: have the outlet told again.")
    if placement.outlet.channel in OURS:
        return Refusal("ours", "Our own pages cannot show what is withdrawn. Tell your administrator.")
    return _charity(actor, placement) or PLACEMENT.may(placement, PlacementStatus.WITHDRAWING, actor)


def may_try_again(actor: Actor, placement: Placement) -> Refusal | None:
    """Publish once more on an outlet that could not be reached, or was set up wrongly."""
    return _charity(actor, placement) or PLACEMENT.may(placement, PlacementStatus.PLANNED, actor)


def _charity(actor: Actor, placement: Placement) -> Refusal | None:
    return None if actor.organisation_id == placement.appeal.charity_id else _NOT_CHARITY
