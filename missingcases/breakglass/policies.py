"""Who may open what is closed to them."""

from __future__ import annotations

from foundation.access import Refusal, holds_any
from foundation.accounts.enums import OrganisationKind
from foundation.actors import Actor
from missingcases.breakglass.states import OPENERS, REVIEWERS, SETTERS


def may_open(actor: Actor) -> Refusal | None:
    """A duty manager of the charity, in person."""
    if actor.organisation_kind != OrganisationKind.CHARITY or actor.user_id is None:
        return Refusal("role", "A duty manager of the charity opens its confidential records.")
    return holds_any(actor, OPENERS, "A duty manager of the charity opens its confidential records.")


def may_review(actor: Actor) -> Refusal | None:
    """The data-protection role."""
    return holds_any(actor, REVIEWERS, "An auditor or data protection officer reviews what was opened.")


def may_set_length(actor: Actor) -> Refusal | None:
    """Say how long records stay open: the charity's administrator, who opens none."""
    if actor.organisation_kind != OrganisationKind.CHARITY:
        return Refusal("role", "The charity's administrator sets this.")
    return holds_any(actor, SETTERS, "The charity's administrator sets this.")
