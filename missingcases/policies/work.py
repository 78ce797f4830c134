"""Who may act on flags, notes, files, actions, transfers, releases and rules."""

from __future__ import annotations

from foundation.access import Refusal, holds_any
from foundation.accounts.enums import HELPLINE, POLICE, SUPERVISORS, OrganisationKind, Role
from foundation.actors import Actor
from missingcases.enums import (
    OPEN,
    ActionStatus,
    Audience,
    ReleaseKind,
    ReleaseStatus,
    TransferStatus,
)
from missingcases.models import Action, Incident, Release, Transfer
from missingcases.policies.incidents import may_write
from missingcases.policies.visibility import (
    SEES_RECORD,
    Standing,
    has_held_release,
    organisation_principal,
    principals_of,
    sees_record,
    standing,
)
from missingcases.states import ACTION, RELEASE, TRANSFER

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


def may_release(actor: Actor, incident: Incident, kind: str) -> Refusal | None:
    """Create a release. The force releases its own record; the charity what it knows, to the force.

    Our own machinery releases on the owner force's behalf for a service that the force switched on.
    A release taken back does not silence the charity: somebody may be dying in a conversation that goes on.
    """
    if kind == ReleaseKind.THREAT_TO_LIFE:
        if (refusal := holds_any(actor, HELPLINE, "The charity reports a threat to life.")) is not None:
            return refusal
        return None if has_held_release(actor, incident) else NOT_VISIBLE
    if actor.is_system:
        return None
    # A system of the force asks for a service, which takes its own release; it releases nothing else.
    allowed = POLICE | {Role.API_CLIENT} if kind == ReleaseKind.SERVICE_REQUEST else POLICE
    return may_write(actor, incident) or holds_any(actor, allowed, "Only police release from the record.")


def may_decide_release(actor: Actor, release: Release) -> Refusal | None:
    """Approve or refuse a release that waits."""
    return RELEASE.may(release, ReleaseStatus.APPROVED, actor)


def may_revoke_release(actor: Actor, release: Release) -> Refusal | None:
    """Take a release back."""
    return RELEASE.may(release, ReleaseStatus.REVOKED, actor)


def may_read_release(actor: Actor, release: Release) -> Refusal | None:
    """Read what was released: its receiver's desk once it is approved, and the side that wrote it.

    A threat to life in a restricted incident goes to the named people alone: it may be about a colleague.
    """
    if actor.organisation_id is not None and actor.organisation_id == release.from_organisation_id:
        author_side = actor.holds(HELPLINE) or sees_record(actor, release.incident)
        return None if author_side else NOT_VISIBLE
    if release.status != ReleaseStatus.APPROVED:
        return NOT_VISIBLE
    if release.kind == ReleaseKind.THREAT_TO_LIFE and release.incident.is_restricted:
        return None if sees_record(actor, release.incident) else NOT_VISIBLE
    wanted = organisation_principal(release.to_organisation_id, release.desk)
    return None if wanted in principals_of(actor) else NOT_VISIBLE


def may_acknowledge_release(actor: Actor, release: Release) -> Refusal | None:
    """Acknowledge a threat to life for the force that received it."""
    if (refusal := may_read_release(actor, release)) is not None:
        return refusal
    if actor.organisation_id != release.to_organisation_id:
        return Refusal("not_receiver", "Only the receiving force acknowledges.")
    if release.acknowledge_by is None or release.acknowledged_at is not None:
        return Refusal("nothing_to_acknowledge", "There is nothing to acknowledge.")
    return holds_any(actor, POLICE, "Only police acknowledge.")


def may_edit_rules(actor: Actor) -> Refusal | None:
    """Change the tables of rules and reviews."""
    return holds_any(actor, {Role.ADMINISTRATOR}, "Only an administrator changes rules.")
