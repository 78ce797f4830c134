"""Who looks at what came in, and who keeps the list of partners."""

from __future__ import annotations

from alerts.cap.enums import ProposalStatus
from alerts.cap.models import CapProposal
from alerts.cap.states import KEEPERS, LOOKERS
from foundation.access import Refusal, holds_any
from foundation.accounts.enums import POLICE, OrganisationKind
from foundation.actors import Actor


def may_look(actor: Actor) -> Refusal | None:
    """Police and the national unit look at what came in; whose it is, the selector says."""
    return holds_any(actor, LOOKERS, "The force it is for and the national unit look at what came in.")


def may_take_up(actor: Actor, proposal: CapProposal) -> Refusal | None:
    """The police propose; the charity and the national unit cannot begin an alert (domain.md section 5)."""
    return holds_any(
        actor, POLICE, "The force proposes an alert. Show this to the force it is for."
    ) or _still_waits(proposal)


def may_dismiss(actor: Actor, proposal: CapProposal) -> Refusal | None:
    """Whoever looks at it may say that nothing follows from it."""
    return may_look(actor) or _still_waits(proposal)


def may_show(actor: Actor, proposal: CapProposal) -> Refusal | None:
    """The national unit shows it to a force that its areas do not name."""
    if actor.organisation_kind != OrganisationKind.NATIONAL_UNIT:
        return Refusal("role", "The national unit shows it to other forces.")
    return may_look(actor) or _still_waits(proposal)


def may_keep_targets(actor: Actor) -> Refusal | None:
    """The charity's managers and administrators."""
    if actor.organisation_kind != OrganisationKind.CHARITY:
        return Refusal("role", "The charity looks after partners' systems.")
    return holds_any(actor, KEEPERS, "This is for a charity duty manager or an administrator.")


def _still_waits(proposal: CapProposal) -> Refusal | None:
    if proposal.status == ProposalStatus.WAITING:
        return None
    return Refusal("decided", f"It is not waiting any more: {proposal.get_status_display().lower()}.")
