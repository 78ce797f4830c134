"""Who may look after the addresses of an organisation, and what may be sent again."""

from __future__ import annotations

from foundation.access import Refusal
from foundation.accounts.policies import may_administer
from foundation.actors import Actor
from foundation.messaging.enums import UNDER_WAY, MessageStatus
from missingcases.hooks.enums import EndpointStatus
from missingcases.hooks.models import Endpoint


def may_add(actor: Actor) -> Refusal | None:
    """An administrator adds addresses for their own organisation."""
    return may_administer(actor, actor.organisation_id or 0)


def may_manage(actor: Actor, endpoint: Endpoint) -> Refusal | None:
    """An administrator of the organisation whose address it is."""
    return may_administer(actor, endpoint.organisation_id)


def may_send(actor: Actor, endpoint: Endpoint) -> Refusal | None:
    """Whether something may be sent there at an administrator's wish: a test, a replay."""
    refusal = may_manage(actor, endpoint)
    if refusal is None and endpoint.status != EndpointStatus.ACTIVE:
        return Refusal("endpoint_off", "Turn the address on first.")
    return refusal


def may_replay(actor: Actor, endpoint: Endpoint, status: str) -> Refusal | None:
    """Whether a delivery whose message stands at `status` may be sent again."""
    refusal = may_send(actor, endpoint)
    if refusal is None and status in UNDER_WAY - {MessageStatus.SENT}:
        return Refusal("under_way", "This is still being tried. Nothing needs to be done.")
    return refusal
