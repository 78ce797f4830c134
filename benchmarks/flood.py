"""A hundred thousand texts to many, due at once in the bulk lane."""

from __future__ import annotations

from django.db import connection

from foundation.fields import box
from foundation.messaging import numbers
from foundation.messaging.enums import Channel, MessageStatus
from foundation.messaging.models import Message

# A number that no measured text goes to.
NUMBER = "+447700900199"
_QUEUE = """
    INSERT INTO messaging_message (
        reference, channel, lane, "to", to_key, subject, body, service, owner_label, owner_id, guard,
        dedupe_key, status, created_at, valid_until, next_attempt_at, attempts, resends, needs_person,
        failed_code, failed_reason, provider, provider_id
    )
    SELECT 'm' || substr(md5(random()::text), 1, 24), 'sms', 'bulk', %s, %s, '', %s, 'accounts',
        'benchmarks.Flood', number, 'messaging.always', 'flood.' || md5(random()::text), 'queued', now(),
        now() + interval '1 day', now(), 0, 0, false, '', '', '', ''
    FROM generate_series(1, %s) number
"""


def begin_flood(size: int) -> None:
    """Queue so many texts in the bulk lane, all of them due."""
    to, body = (box().encrypt(words.encode()).decode() for words in (NUMBER, "To many."))
    with connection.cursor() as cursor:
        cursor.execute(_QUEUE, [to, numbers.key_of(Channel.SMS, NUMBER), body, size])


def left_of_flood() -> int:
    """How many of them still wait."""
    return Message.objects.filter(owner_label="benchmarks.Flood", status=MessageStatus.QUEUED).count()
