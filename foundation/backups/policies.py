"""Who lets a restored system go, and when it may go."""

from __future__ import annotations

from foundation.access import Refusal, holds_any
from foundation.accounts.enums import OPERATORS, OrganisationKind
from foundation.actors import Actor
from foundation.backups.enums import Step
from foundation.backups.models import Hold, HoldStep


def may_see_holds(actor: Actor) -> Refusal | None:
    """Whether `actor` sees what is held: the charity, which sends the messages and runs the public site."""
    if actor.organisation_kind is not OrganisationKind.CHARITY:
        return Refusal("organisation", "Only the charity, which sends the messages, may do this.")
    return holds_any(actor, OPERATORS, "Only a duty manager or an administrator may do this.")


def may_ask(actor: Actor, step: HoldStep) -> Refusal | None:
    """Whether `actor` may ask for a step's release now."""
    if step.released_at is not None:
        return Refusal("released", "It has been released.")
    if step.asked_at is not None:
        return Refusal("asked", "A colleague has asked already; somebody else confirms.")
    return may_see_holds(actor) or _not_ready(step)


def may_confirm(actor: Actor, step: HoldStep) -> Refusal | None:
    """Whether `actor` may confirm: not the person who asked."""
    if step.released_at is not None:
        return Refusal("released", "It has been released.")
    if step.asked_at is None:
        return Refusal("not_asked", "Nobody has asked for its release.")
    if step.asked_by_id == actor.user_id:
        return Refusal("same_person", "You asked for it yourself: a second person confirms.")
    return may_see_holds(actor) or _not_ready(step)


def _not_ready(step: HoldStep) -> Refusal | None:
    hold: Hold = step.hold
    if hold.reapplied_at is None:
        return Refusal("ledger", "First everything in the ledger has to be applied again.")
    if step.step != Step.PUBLIC and hold.reconciled_at is None:
        return Refusal("provider", "First the text provider has to be asked what was sent.")
    return None
