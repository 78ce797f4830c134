"""A hundred thousand texts to many, due at once in the bulk lane."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.utils import timezone

from foundation.copying import copy_in
from foundation.messaging import numbers
from foundation.messaging.enums import Channel, MessageStatus
from foundation.messaging.models import Message

# A number that no measured text goes to; a cap of one a day would end the others.
NUMBER = "+447700900999"
SERVICE = "accounts"
_COLUMNS = (
    "reference", "channel", "lane", "to", "to_key", "body", "service", "owner_label", "owner_id", "guard",
    "dedupe_key", "status", "valid_until", "next_attempt_at",
)  # fmt: skip


def begin_flood(size: int) -> None:
    """Queue so many texts in the bulk lane, all of them due."""
    now, key = timezone.now(), numbers.key_of(Channel.SMS, NUMBER)
    for first in range(0, size, 5000):
        rows = []
        for place in range(first, min(first + 5000, size)):
            name = f"m{secrets.token_hex(12)}"
            rows.append(
                (
                    name, "sms", "bulk", NUMBER, key, "To many.", SERVICE, "benchmarks.Flood", place,
                    "messaging.always", name, "queued", now + timedelta(days=1), now,
                )
            )  # fmt: skip
        copy_in(Message, _COLUMNS, rows)


def left_of_flood() -> int:
    """How many of them still wait."""
    return Message.objects.filter(owner_label="benchmarks.Flood", status=MessageStatus.QUEUED).count()
