"""Forgetting to whom a broadcast went: its deliveries keep how they ended and lose their addresses.

The key of an address goes too, as whoever holds its secret could try numbers against it. What is counted by
status stays as it is.
"""

from __future__ import annotations

from django.db import connection, transaction
from django.utils import timezone

from foundation.messaging.models import Broadcast

# By one statement: up to a second, whatever the broadcast's size, as every index of the rows is written.
CHUNK = 5000
# The key of a row and its broadcast is the primary key: each chunk begins where the one before ended.
_FORGET = """
WITH next AS (
    SELECT number FROM messaging_delivery
    WHERE broadcast_id = %(broadcast)s AND number > %(after)s
    ORDER BY number LIMIT %(most)s FOR NO KEY UPDATE
), gone AS (
    UPDATE messaging_delivery row SET "to" = '', to_key = 'gone:' || row.number
    FROM next WHERE row.broadcast_id = %(broadcast)s AND row.number = next.number AND row."to" <> ''
    RETURNING row.number
)
SELECT (SELECT max(number) FROM next), (SELECT count(*) FROM gone)
"""


def forget_addresses(*, broadcast_id: int, most: int) -> int:
    """Forget up to about `most` addresses of a broadcast whose time is over; returns how many.

    Its owner says when nobody needs them any more: an end goes to whoever an earlier broadcast reached. Each
    chunk is a transaction of its own; one that was stopped begins again and passes what is done. 0 means that
    none is left, and that is noted.
    """
    over = Broadcast.objects.filter(pk=broadcast_id, valid_until__lte=timezone.now())
    if not over.filter(addresses_gone_at__isnull=True).exists():
        return 0
    forgotten, after = 0, -(1 << 62)
    while forgotten < most:
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute(_FORGET, {"broadcast": broadcast_id, "after": after, "most": CHUNK})
            reached, gone = cursor.fetchone()
        forgotten += gone
        if reached is None:
            over.update(addresses_gone_at=timezone.now())
            break
        after = reached
    return forgotten
