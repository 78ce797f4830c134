"""Telling the text provider to forget: it would keep every text and reply for over a year.

Keeps no list of its own: the provider is asked what it still holds, and only what this installation
knows as ended is blanked, so that an account shared with another system is left alone.
"""

from __future__ import annotations

from datetime import date, timedelta

import structlog
from django.conf import settings
from django.utils import timezone

from foundation.messaging.enums import Channel, MessageStatus
from foundation.messaging.gateways.base import OutcomeUnknown, Redacts
from foundation.messaging.gateways.registry import gateway_for
from foundation.messaging.models import Inbound, Message

log = structlog.get_logger(__name__)

# A run that failed is made good by the next ones.
LOOK_BACK_DAYS = 5
_ENDED = (MessageStatus.DELIVERED, MessageStatus.FAILED, MessageStatus.EXPIRED)
_ASKED_AT_ONCE = 500


def redact_at_provider() -> int:
    """Blank, at the provider, texts and replies older than `TWILIO_REDACT_AFTER_DAYS`; how many were.

    Call outside a transaction. A provider that does not answer ends the run; the next one goes on.
    """
    gateway = gateway_for(Channel.SMS)
    if settings.TWILIO_REDACT_AFTER_DAYS < 1 or not isinstance(gateway, Redacts):
        return 0
    done = 0
    newest = timezone.now().date() - timedelta(days=settings.TWILIO_REDACT_AFTER_DAYS)
    try:
        for back in range(LOOK_BACK_DAYS):
            done += _redact_day(gateway, newest - timedelta(days=back))
    except OutcomeUnknown:
        log.warning("provider_not_redacted", done=done)
    return done


def _redact_day(gateway: Redacts, day: date) -> int:
    held = gateway.unredacted(day)
    done = 0
    for start in range(0, len(held), _ASKED_AT_ONCE):
        for provider_id in _ended(held[start : start + _ASKED_AT_ONCE]):
            gateway.redact(provider_id)
            done += 1
    return done


def _ended(provider_ids: list[str]) -> list[str]:
    """Those that are ours and need not be looked up by their text any more."""
    sent = Message.objects.filter(provider_id__in=provider_ids, status__in=_ENDED)
    taken = Inbound.objects.filter(provider_id__in=provider_ids, handed_at__isnull=False)
    return [*sent.values_list("provider_id", flat=True), *taken.values_list("provider_id", flat=True)]
