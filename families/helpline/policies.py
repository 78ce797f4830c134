"""Who may do what with a contact of the helpline: the charity's helpline, and nobody else at all."""

from __future__ import annotations

from families.helpline.enums import ConcernStatus, ContactStatus, LinkStatus
from families.helpline.models import Concern, ContactLink, HelplineContact
from families.helpline.states import MANAGER
from foundation.access import Refusal, holds_any
from foundation.accounts.enums import HELPLINE, OrganisationKind
from foundation.actors import Actor
from missingcases.policies import may_decide_release

_NOT_HELPLINE = "Only the charity's helpline does this."
_NOT_MANAGER = "Only the charity's duty manager decides this."
_OPEN = (ConcernStatus.RAISED, ConcernStatus.TAKEN)


def may_listen(actor: Actor) -> Refusal | None:
    """Take what somebody says to the helpline."""
    if actor.organisation_kind != OrganisationKind.CHARITY or actor.user_id is None:
        return Refusal("organisation", _NOT_HELPLINE)
    return holds_any(actor, HELPLINE, _NOT_HELPLINE)


def may_work_on(actor: Actor, contact: HelplineContact) -> Refusal | None:
    """Write in a contact's record while it is open: any colleague, as a call is passed across the room."""
    if (refusal := _own(actor, contact)) is not None:
        return refusal
    if contact.status == ContactStatus.CLOSED:
        return Refusal("closed", "This contact is closed. Open it again to add to it.")
    return None


def may_claim(actor: Actor, contact: HelplineContact) -> Refusal | None:
    """Take a contact that nobody has, or one that was closed, when they turn to us again."""
    if (refusal := _own(actor, contact)) is not None:
        return refusal
    if contact.status == ContactStatus.CLAIMED:
        return Refusal("claimed", "A colleague has this contact.")
    return None


def may_hand_over(actor: Actor, contact: HelplineContact) -> Refusal | None:
    """Give it to a colleague or back to everybody: its holder, or the duty manager."""
    if (refusal := _own(actor, contact)) is not None:
        return refusal
    if contact.status != ContactStatus.CLAIMED:
        return Refusal("not_claimed", "Nobody has claimed this contact.")
    if contact.claimed_by_id != actor.user_id and not actor.holds(MANAGER):
        return Refusal("not_yours", "Only the colleague who has it, or the duty manager, may do this.")
    return None


def may_close(actor: Actor, contact: HelplineContact) -> Refusal | None:
    """Close it: its holder, the manager, or anybody while nobody has it; never over an open concern."""
    if (refusal := may_work_on(actor, contact)) is not None:
        return refusal
    if contact.concerns.filter(status__in=_OPEN).exists():
        return Refusal("concern", "A concern waits for the duty manager. It is decided first.")
    return None if contact.status == ContactStatus.UNCLAIMED else may_hand_over(actor, contact)


def may_decide_link(actor: Actor, link: ContactLink) -> Refusal | None:
    """Agree that a contact is put with an incident against or without the caller's wish: another person."""
    if (refusal := _manager(actor, link.contact)) is not None:
        return refusal
    if link.status != LinkStatus.ASKED:
        return Refusal("decided", "This has been decided.")
    if link.asked_by_id == actor.user_id:
        return Refusal("own_request", "You asked for it. Another manager decides.")
    return None


def may_decide_concern(actor: Actor, concern: Concern) -> Refusal | None:
    """Decide on a concern: the duty manager."""
    return _manager(actor, concern.contact) or _undecided(concern)


def may_propose(actor: Actor, concern: Concern) -> Refusal | None:
    """Write the words that a force would read."""
    return _own(actor, concern.contact) or _undecided(concern)


def may_release(actor: Actor, concern: Concern) -> Refusal | None:
    """Let the force read the proposed words: a manager who did not write them."""
    if (refusal := may_decide_concern(actor, concern)) is not None:
        return refusal
    if concern.release is None:
        return Refusal("no_words", "First somebody writes what the force is to read.")
    return may_decide_release(actor, concern.release)


def _own(actor: Actor, contact: HelplineContact) -> Refusal | None:
    if actor.organisation_id != contact.charity_id:
        return Refusal("organisation", _NOT_HELPLINE)
    return may_listen(actor)


def _manager(actor: Actor, contact: HelplineContact) -> Refusal | None:
    return _own(actor, contact) or holds_any(actor, MANAGER, _NOT_MANAGER)


def _undecided(concern: Concern) -> Refusal | None:
    if concern.status in _OPEN:
        return None
    return Refusal("decided", "This concern has been decided.")
