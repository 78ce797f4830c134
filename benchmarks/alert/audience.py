"""A made audience of any size: a table of its own with numbers kept for drama, a key each, in parts."""

from __future__ import annotations

from typing import Any

from django.db import connection

from foundation.fields import box
from foundation.messaging.types import Audience, Part

NAME = "bench.audience"
PARTS = 500
AUDIENCE = Audience(
    NAME,
    """
SELECT id, id, "to", to_key FROM bench_subscription
WHERE bucket = %(part)s AND id > %(after)s AND id <= %(last)s AND status = 'active'
ORDER BY id LIMIT %(most)s
""",
)
_MAKE = """
CREATE UNLOGGED TABLE IF NOT EXISTS bench_subscription (id bigint PRIMARY KEY, bucket int NOT NULL,
    status text NOT NULL DEFAULT 'active', "to" text NOT NULL, to_key varchar(64) NOT NULL);
CREATE INDEX IF NOT EXISTS bench_subscription_bucket ON bench_subscription (bucket, id)
    WHERE status = 'active';
"""
_FILL = """
INSERT INTO bench_subscription (id, bucket, "to", to_key)
SELECT n, n %% %(parts)s, (%(numbers)s::text[])[n %% 1000 + 1], encode(sha256(n::text::bytea), 'hex')
FROM generate_series((SELECT COALESCE(max(id), 0) + 1 FROM bench_subscription), %(size)s) n
"""


def up_to(size: int) -> list[Part]:
    """The first so many, in parts of the same size."""
    return [Part(one, 0, size) for one in range(PARTS)]


def make(size: int) -> list[Part]:
    """See that there are `size` subscribers at least; returns the first so many, in parts."""
    given: dict[str, Any] = {
        "parts": PARTS,
        "size": size,
        "numbers": [box().encrypt(f"+447700900{last:03d}".encode()).decode() for last in range(1000)],
    }
    with connection.cursor() as cursor:
        cursor.execute(_MAKE)
        cursor.execute(_FILL, given)
        cursor.execute("ANALYZE bench_subscription")
    return up_to(size)
