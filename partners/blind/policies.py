"""Who may set a pairing up, take its key, ask and decide."""

from __future__ import annotations

from foundation.access import Refusal, holds_any
from foundation.accounts.enums import OrganisationKind
from foundation.actors import Actor
from partners.blind.enums import PairingStatus
from partners.blind.models import Pairing
from partners.blind.states import HOLDERS, PARTNER

USERS = HOLDERS | PARTNER
_ENDED = Refusal("pairing_ended", "This pairing has ended.")


def may_start(actor: Actor) -> Refusal | None:
    """Set up a pairing for one's force."""
    if actor.organisation_kind != OrganisationKind.POLICE_FORCE:
        return Refusal("not_a_force", "A police force sets this up with a partner.")
    return holds_any(actor, HOLDERS, "A coordinator or inspector sets this up.")


def may_take_key(actor: Actor, pairing: Pairing) -> Refusal | None:
    """Be shown the key: the partner, once."""
    if (refusal := _for_partner(actor, pairing)) is not None:
        return refusal
    if pairing.key_shown_at is not None:
        return Refusal(
            "shown_already", "The key was shown once and is not shown again. Make a new one if it is lost."
        )
    return None


def may_renew_key(actor: Actor, pairing: Pairing) -> Refusal | None:
    """Replace the key: either side, at once where it may have been seen by somebody else."""
    if pairing.status != PairingStatus.ACTIVE:
        return _ENDED
    if actor.organisation_id not in {pairing.holder_id, pairing.partner_id}:
        return Refusal("other_organisation", "This is for the two organisations.")
    return holds_any(actor, USERS, "Whoever compares for either side replaces the key.")


def may_ask(actor: Actor, pairing: Pairing) -> Refusal | None:
    """Send patterns: the partner, or a system of the partner's, once it has the key."""
    is_system = actor.client_id is not None and actor.organisation_id == pairing.partner_id
    if not is_system and (refusal := _for_partner(actor, pairing)) is not None:
        return refusal
    if pairing.status != PairingStatus.ACTIVE:
        return _ENDED
    if pairing.key_shown_at is None:
        return Refusal("no_key", "Have the key shown first, and encode your records with it.")
    return None


def _for_partner(actor: Actor, pairing: Pairing) -> Refusal | None:
    if pairing.status != PairingStatus.ACTIVE:
        return _ENDED
    if actor.organisation_id != pairing.partner_id:
        return Refusal("other_organisation", "This is for the partner.")
    return holds_any(actor, PARTNER, "A partner worker does this.")
