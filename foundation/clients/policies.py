"""Who may look after API clients."""

from __future__ import annotations

from foundation.access import Refusal, holds_any
from foundation.accounts.enums import Role
from foundation.actors import Actor
from foundation.clients.models import Client


def may_make_client(actor: Actor) -> Refusal | None:
    """Let a system of one's own organisation in."""
    return holds_any(actor, {Role.ADMINISTRATOR}, "Only an administrator lets a system in.")


def may_change_client(actor: Actor, client: Client) -> Refusal | None:
    """Change a client, give it a new secret or shut it out: an administrator of its own organisation."""
    if (refusal := may_make_client(actor)) is not None:
        return refusal
    if actor.organisation_id != client.organisation_id:
        return Refusal("not_owner", "Only an administrator of its own organisation can do this.")
    if client.revoked_at is not None:
        return Refusal("revoked", "This system is shut out already. Let it in again as a new one.")
    return None
