"""The audience as the engine reads it: whose turn it is, how one press ends it, and who is forgotten."""

from __future__ import annotations

from functools import partial

from alerts.audience import links, reading, services
from foundation.messaging.types import Audience

_to_subscribers = partial(
    Audience, leave=links.leave_address, secrets=services.secrets_of, forget=services.forget_gone
)

AREAS = _to_subscribers("alerts.areas", reading.AREAS)
REHEARSAL = _to_subscribers("alerts.rehearsal", reading.REHEARSAL)
REACHED = _to_subscribers("alerts.reached", reading.REACHED)
REACHED_REHEARSAL = _to_subscribers("alerts.reached_rehearsal", reading.REACHED_REHEARSAL)
