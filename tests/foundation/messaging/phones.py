"""A small audience: phones, or mailboxes, by part; whoever leaves is no longer asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection

from foundation.fields import box
from foundation.messaging import numbers
from foundation.messaging.types import Part

AUDIENCE = "test.phones"
ROWS = """
SELECT id, recipient_id, "to", to_key FROM test_phone
WHERE part = %(part)s AND id > %(after)s AND id <= %(last)s AND stays
ORDER BY id LIMIT %(most)s
"""
REACHED = """
SELECT d.number, d.recipient_id, d."to", d.to_key FROM messaging_delivery d
WHERE d.broadcast_id = %(part)s AND d.number > %(after)s AND d.number <= %(last)s
AND d.status IN ('sent', 'delivered', 'unknown', 'sending')
AND EXISTS (SELECT FROM test_phone p WHERE p.id = d.number AND p.stays)
ORDER BY d.number LIMIT %(most)s
"""
_TABLE = """
CREATE TABLE IF NOT EXISTS test_phone (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, part bigint NOT NULL, recipient_id bigint NOT NULL,
    "to" text NOT NULL, to_key text NOT NULL, stays boolean NOT NULL DEFAULT true
);
CREATE INDEX IF NOT EXISTS test_phone_part ON test_phone (part, id) WHERE stays;
"""


def subscribe(addresses: Iterable[str], *, part: int = 1, channel: str = "sms") -> list[int]:
    """Add so many to a part; returns their ids."""
    with connection.cursor() as cursor:
        cursor.execute(_TABLE)
        found = []
        for place, to in enumerate(addresses, start=1):
            given: list[Any] = [part, place, box().encrypt(to.encode()).decode(), numbers.key_of(channel, to)]
            cursor.execute(
                'INSERT INTO test_phone (part, recipient_id, "to", to_key)'
                " VALUES (%s, %s, %s, %s) RETURNING id",
                given,
            )
            found.append(int(cursor.fetchone()[0]))
    return found


def leave(phone_id: int) -> None:
    """Not any more."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE test_phone SET stays = false WHERE id = %s", [phone_id])


def watermark() -> int:
    """The highest id so far."""
    with connection.cursor() as cursor:
        cursor.execute(_TABLE)
        cursor.execute("SELECT COALESCE(max(id), 0) FROM test_phone")
        return int(cursor.fetchone()[0])


def parts(*numbers_of_parts: int) -> list[Part]:
    """These parts whole, as they are now."""
    return [Part(one, 0, watermark()) for one in numbers_of_parts or (1,)]
