"""Messages that are with the provider, for loads that have receipts come."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.utils import timezone

from foundation.copying import copy_in
from foundation.messaging.models import Message

_COLUMNS = (
    "reference", "channel", "lane", "to", "to_key", "body", "service", "owner_label", "owner_id", "guard",
    "dedupe_key", "status", "valid_until", "next_attempt_at", "attempts", "claimed_at", "claim_token",
    "sent_at", "provider", "provider_id",
)  # fmt: skip


def sent_texts(count: int) -> list[str]:
    """Write so many texts that the provider has taken; returns their references."""
    now = timezone.now()
    names = [f"m{secrets.token_hex(12)}" for _ in range(count)]
    rows = (
        (
            name, "sms", "normal", "+447700900123", name, "Words.", "textsafe", "benchmarks.Nothing", place,
            "textsafe.request", name, "sent", now + timedelta(days=1), now, 1, now, None, now, "twilio",
            f"SM{name}",
        )
        for place, name in enumerate(names)
    )  # fmt: skip
    copy_in(Message, _COLUMNS, rows)
    return names
