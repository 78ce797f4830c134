"""Who may act on flags, notes, files, actions, transfers and rules."""

from __future__ import annotations

from foundation.access import Refusal, holds_any
from foundation.accounts.enums import POLICE, SUPERVISORS, OrganisationKind, Role
from foundation.actors import Actor
from missingcases.enums import (
    OPEN,
    ActionStatus,
    Audience,
    TransferStatus,
)
from missingcases.models import Action, Incident, Transfer
from missingcases.policies.incidents import may_write
from missingcases.policies.visibility import (
    SEES_RECORD,
    Standing,
    standing,
)
from missingcases.states import ACTION, TRANSFER

NOT_VISIBLE = Refusal("not_visible", "You cannot see this incident.")


def may_flag(actor: Actor, incident: Incident) -> Refusal | None:
    """Raise a flag on the person; any officer of the owner force."""
    return may_write(actor, incident)


def may_rule_out_flag(actor: Actor, incident: Incident) -> Refusal | None:
    """Rule a flag out: lowers what protects somebody, so a supervisor does."""
    return may_write(actor, incident) or holds_any(actor, SUPERVISORS, "A supervisor rules a flag out.")


def may_reveal(actor: Actor, incident: Incident) -> Refusal | None:
    """See fields that are hidden by default: police of the owner force and the responsible authorities."""
    if not standing(actor, incident) & (Standing.OWNER | Standing.AUTHORITY):
        return NOT_VISIBLE
    return holds_any(actor, POLICE | {Role.LOCAL_AUTHORITY}, "Your role does not include this.")


def may_add_note(actor: Actor, incident: Incident, audience: str) -> Refusal | None:
    """Add a note for an audience that the writer themselves belongs to."""
    held = standing(actor, incident)
    if not held:
        return NOT_VISIBLE
    if held & Standing.OWNER:
        return None if audience != Audience.CHARITY else _wrong_audience()
    if held & SEES_RECORD:
        return None if audience in {Audience.AUTHORITY, Audience.EVERYONE} else _wrong_audience()
    if actor.organisation_kind == OrganisationKind.CHARITY and audience == Audience.CHARITY:
        return None
    return _wrong_audience()


def audiences_for(actor: Actor, incident: Incident) -> tuple[Audience, ...]:
    """The audiences `actor` may write a note or a file for, the narrowest first."""
    held = standing(actor, incident)
    if held & Standing.OWNER:
        return (Audience.OWNER, Audience.AUTHORITY, Audience.EVERYONE)
    if held & SEES_RECORD:
        return (Audience.AUTHORITY, Audience.EVERYONE)
    if held and actor.organisation_kind == OrganisationKind.CHARITY:
        return (Audience.CHARITY,)
    return ()


def _wrong_audience() -> Refusal:
    return Refusal("audience", "Choose an audience that you are part of.")


def may_finish_action(actor: Actor, action: Action) -> Refusal | None:
    """Mark an action done, by the organisation that holds it."""
    return ACTION.may(action, ActionStatus.DONE, actor)


def may_add_action(actor: Actor, incident: Incident) -> Refusal | None:
    """Give somebody a task on an incident; people of the owner force do."""
    return may_write(actor, incident)


def may_offer_transfer(actor: Actor, incident: Incident) -> Refusal | None:
    """Offer an open incident to another force."""
    if (refusal := may_write(actor, incident)) is not None:
        return refusal
    if incident.status not in OPEN:
        return Refusal("not_open", "Only an open incident is transferred.")
    return holds_any(actor, SUPERVISORS, "A supervisor offers a transfer.")


def may_answer_transfer(actor: Actor, transfer: Transfer) -> Refusal | None:
    """Accept or decline an offered transfer."""
    return TRANSFER.may(transfer, TransferStatus.ACCEPTED, actor)


def may_withdraw_transfer(actor: Actor, transfer: Transfer) -> Refusal | None:
    """Take an offer back."""
    return TRANSFER.may(transfer, TransferStatus.WITHDRAWN, actor)


def may_edit_rules(actor: Actor) -> Refusal | None:
    """Change the tables of rules and reviews."""
    return holds_any(actor, {Role.ADMINISTRATOR}, "Only an administrator changes rules.")
