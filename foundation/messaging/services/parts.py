"""Taking the next of an audience straight to SENDING: one short transaction, whatever the audience's size."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from foundation.fields import box
from foundation.messaging.enums import AttemptOutcome, BroadcastStatus, DeliveryStatus
from foundation.messaging.models import Broadcast, BroadcastPart, Delivery
from foundation.messaging.services import switches
from foundation.messaging.services.broadcast import KEEPER
from foundation.messaging.services.entries import write_entries
from foundation.messaging.states import DELIVERY
from foundation.messaging.switchboard import audience_of
from foundation.states import move_many
from foundation.states_each import Moving, move_each

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


# What was put back and is due. Whether they still want it is asked of the audience again, row by row.
_DUE = """
WITH due AS (
    SELECT number, part, "to", to_key, attempts, next_attempt_at FROM messaging_delivery
    WHERE broadcast_id = %(broadcast)s AND status = 'queued' AND next_attempt_at <= clock_timestamp()
    ORDER BY next_attempt_at, number LIMIT %(most)s FOR NO KEY UPDATE SKIP LOCKED
)
SELECT due.number, due."to", due.attempts + 1,
    EXISTS (SELECT FROM messaging_suppression held WHERE held.service = %(service)s
        AND held.channel = %(channel)s AND held.to_key = due.to_key AND held.lifted_at IS NULL),
    EXISTS (SELECT FROM ({rows}) again (id, recipient_id, "to", to_key) WHERE again.to_key = due.to_key)
FROM due
"""
_ITS_OWN_ROW = {"part": "due.part", "after": "(due.number - 1)", "last": "due.number", "most": "1"}


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


@transaction.atomic(durable=True)
def take_again(broadcast: Broadcast, token: UUID, *, line_id: int | None, most: int) -> list[Taken]:
    """Up to `most` of what was put back and is due, without those who do not want it any more."""
    if not holds_open(broadcast):
        return []
    rows = audience_of(broadcast.audience).rows % _ITS_OWN_ROW
    given = {
        "broadcast": broadcast.pk,
        "most": most,
        "service": broadcast.service,
        "channel": broadcast.channel,
    }
    with connection.cursor() as cursor:
        cursor.execute(_DUE.format(rows=rows), given)
        due = cursor.fetchall()
    _move(broadcast, [one[0] for one in due if one[3]], DeliveryStatus.SUPPRESSED, "suppressed")
    _move(broadcast, [one[0] for one in due if not one[3] and not one[4]], DeliveryStatus.CANCELLED, "left")
    going = [one for one in due if not one[3] and one[4]]
    moved = move_each(
        _claiming(broadcast),
        [(number, DeliveryStatus.SENDING.value, str(token), line_id) for number, *_ in going],
        actor=KEEPER,
    )
    read = box().decrypt
    return [Taken(one[0], read(one[1].encode()).decode(), one[2]) for one in going if one[0] in moved]


def _move(broadcast: Broadcast, numbers: list[int], to: DeliveryStatus, code: str) -> None:
    move_many(
        broadcast.deliveries.filter(number__in=numbers),
        DELIVERY,
        DeliveryStatus.QUEUED,
        to,
        actor=KEEPER,
        changes={"failed_code": code},
        audited=False,
    )
    write_entries([(broadcast.pk, number) for number in numbers], AttemptOutcome(to.value), code=code)


def _claiming(broadcast: Broadcast) -> Moving:
    return Moving(
        model=Delivery,
        table=DELIVERY,
        source=DeliveryStatus.QUEUED,
        key="number",
        same={"broadcast_id": broadcast.pk},
        columns={"claim_token": "uuid", "line_id": "bigint"},
        written="claim_token = each.claim_token, line_id = each.line_id, claimed_at = clock_timestamp(),"
        " attempts = row.attempts + 1",
    )


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
