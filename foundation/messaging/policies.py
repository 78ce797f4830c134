"""Who may hold messages back, settle them, and see their log."""

from __future__ import annotations

from foundation.access import Refusal, holds_any
from foundation.accounts.enums import OPERATORS, OrganisationKind, Role
from foundation.actors import Actor
from foundation.messaging.enums import MessageStatus
from foundation.messaging.models import Message
from foundation.messaging.switchboard import policy_of

READERS = OPERATORS | {Role.AUDITOR}


def may_switch(actor: Actor) -> Refusal | None:
    """Whether `actor` may throw a kill switch: the charity, which sends the texts."""
    if actor.organisation_kind is not OrganisationKind.CHARITY:
        return Refusal("organisation", "Only the charity, which sends the messages, may do this.")
    return holds_any(actor, OPERATORS, "Only a duty manager or an administrator may do this.")


def may_settle(actor: Actor, message: Message) -> Refusal | None:
    """Whether `actor` may say how a message of unknown outcome ended."""
    kept_by = policy_of(message.service).kept_by
    if kept_by is not None and actor.organisation_kind is not kept_by:
        return Refusal("organisation", "Another organisation keeps these messages.")
    if kept_by is None and actor.organisation_id != message.organisation_id:
        return Refusal("organisation", "Another organisation keeps these messages.")
    if message.status != MessageStatus.UNKNOWN:
        return Refusal("not_unknown", "Its outcome is known.")
    return holds_any(actor, OPERATORS, "Only a duty manager or an administrator may do this.")
