"""Replies that never reached us: a provider calls once, and we may have been away just then."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlencode

import structlog
from django.utils import timezone

from foundation.messaging.enums import Channel, RawKind
from foundation.messaging.gateways.base import OutcomeUnknown, Received, Receives
from foundation.messaging.gateways.registry import gateway_for, provider_of
from foundation.messaging.models import Inbound
from foundation.messaging.services.receipts import store_raw

log = structlog.get_logger(__name__)

# Longer than any outage that nobody would otherwise notice.
LOOK_BACK = timedelta(hours=26)
# Younger than this its call may still be on its way.
ON_ITS_WAY = timedelta(minutes=2)


def take_missed(*, since: datetime | None = None) -> int:
    """Ask the provider what was texted to us and keep what we never heard of; returns how many.

    Call outside a transaction. A call that comes after all is a doubled one, which is kept once.
    """
    gateway = gateway_for(Channel.SMS)
    if not isinstance(gateway, Receives):
        return 0
    now = timezone.now()
    try:
        listed = [one for one in gateway.received(since or now - LOOK_BACK) if now - one.at >= ON_ITS_WAY]
    except OutcomeUnknown:
        log.warning("replies_not_asked_for")
        return 0
    kept = Inbound.objects.filter(provider_id__in=[one.provider_id for one in listed])
    known = set(kept.values_list("provider_id", flat=True))
    missed = [one for one in listed if one.provider_id not in known]
    for one in missed:
        _keep(one)
    if missed:
        log.warning("replies_missed", count=len(missed))
    return len(missed)


def _keep(one: Received) -> None:
    """In the shape of the call that was missed: the provider itself told us, over our own sign-in."""
    form = {"MessageSid": one.provider_id, "From": one.sender, "To": one.to, "Body": one.body}
    store_raw(
        provider=provider_of(Channel.SMS),
        kind=RawKind.INBOUND,
        query="missed",
        body=urlencode(form),
        signature_ok=True,
    )
