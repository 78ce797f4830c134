"""Taking the next of an audience straight to SENDING: one short transaction, whatever the audience's size."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from foundation.fields import box
from foundation.messaging.enums import AttemptOutcome, BroadcastStatus, DeliveryStatus
from foundation.messaging.models import Broadcast, BroadcastPart
from foundation.messaging.services import switches
from foundation.messaging.services.entries import write_entries
from foundation.messaging.switchboard import audience_of

# So many of one part by one statement: more would hold its locks for long.
MOST = 2000
# Suppressed ones get a row too, so that nobody of the audience is unaccounted for. In the order of their keys:
# two workers that meet the same two addresses in two parts must not wait for each other.
_TAKE = """
WITH found (id, recipient_id, "to", to_key) AS MATERIALIZED ({rows}),
moved AS (
    UPDATE messaging_broadcastpart SET after = COALESCE((SELECT max(id) FROM found), after),
        is_done = (SELECT count(*) FROM found) < %(most)s
    WHERE id = %(row)s
)
INSERT INTO messaging_delivery AS made (broadcast_id, number, part, line_id, recipient_id, "to", to_key, status,
    attempts, next_attempt_at, claim_token, claimed_at, provider_id, failed_code)
SELECT %(broadcast)s, found.id, %(part)s, %(line)s, found.recipient_id, found."to", found.to_key,
    CASE WHEN held.id IS NULL THEN 'sending' ELSE 'suppressed' END, CASE WHEN held.id IS NULL THEN 1 ELSE 0 END,
    clock_timestamp(), CASE WHEN held.id IS NULL THEN %(token)s::uuid END,
    CASE WHEN held.id IS NULL THEN clock_timestamp() END, '',
    CASE WHEN held.id IS NULL THEN '' ELSE 'suppressed' END
FROM found LEFT JOIN messaging_suppression held ON held.service = %(service)s AND held.channel = %(channel)s
    AND held.to_key = found.to_key AND held.lifted_at IS NULL
ORDER BY found.to_key
ON CONFLICT DO NOTHING
RETURNING made.number, made."to", made.status
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """One delivery that this worker, and nobody else, is about to hand over. `tries` counts this one."""

    number: int
    to: str = field(repr=False)
    tries: int = 1


@transaction.atomic(durable=True)
def take_next(broadcast: Broadcast, token: UUID, *, line_id: int | None, most: int) -> list[Taken] | None:
    """Up to `most` of one part that nobody else is at; None where no part is left or it must not go out.

    An empty list says that this stretch of the part had nobody new in it.
    """
    if not holds_open(broadcast):
        return None
    part = (
        BroadcastPart.objects.select_for_update(skip_locked=True)
        .filter(broadcast_id=broadcast.pk, is_done=False)
        .order_by("part")
        .first()
    )
    return None if part is None else _insert(broadcast, part, token, line_id, min(most, MOST))


def holds_open(broadcast: Broadcast) -> bool:
    """Whether it may go out, held so until the transaction ends: a cancel waits for it or is seen by it."""
    found = Broadcast.objects.raw(
        "SELECT * FROM messaging_broadcast WHERE id = %s AND status = %s"
        " AND valid_until > clock_timestamp() FOR SHARE",
        [broadcast.pk, BroadcastStatus.OPEN.value],
    )
    return bool(list(found)) and not switches.is_stopped(broadcast.service, lane=broadcast.lane)


def _insert(
    broadcast: Broadcast, part: BroadcastPart, token: UUID, line_id: int | None, most: int
) -> list[Taken]:
    given: dict[str, Any] = {
        "row": part.pk,
        "part": part.part,
        "after": part.after,
        "last": part.last,
        "most": most,
        "broadcast": broadcast.pk,
        "line": line_id,
        "token": str(token),
        "service": broadcast.service,
        "channel": broadcast.channel,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TAKE.format(rows=audience_of(broadcast.audience).rows), given)
        rows = cursor.fetchall()
    held = [(broadcast.pk, number) for number, _, status in rows if status == DeliveryStatus.SUPPRESSED]
    write_entries(held, AttemptOutcome.SUPPRESSED, code="suppressed")
    read = box().decrypt
    return [
        Taken(number, read(to.encode()).decode())
        for number, to, status in rows
        if status == DeliveryStatus.SENDING
    ]
