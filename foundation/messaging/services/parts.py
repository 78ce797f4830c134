"""Taking the next of an audience straight to SENDING: one short transaction, whatever the audience's size."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from foundation.fields import box
from foundation.messaging.enums import AttemptOutcome, BroadcastStatus, DeliveryStatus
from foundation.messaging.models import Broadcast, Delivery
from foundation.messaging.services import batches, switches
from foundation.messaging.services.broadcast import KEEPER
from foundation.messaging.services.entries import write_entries
from foundation.messaging.states import DELIVERY
from foundation.messaging.switchboard import audience_of
from foundation.states import Moving, move_each, move_many

# By one statement: more would hold its locks for long.
MOST = 2000
# Of so many parts at most, and of a share of those that are left: the others are for other workers.
PARTS_AT_ONCE = 32
SHARE = 8
# Of each part so many, or all it has: a part that gave fewer than asked for is done. Suppressed ones get a
# row too, so that nobody of the audience is unaccounted for. In the order of their keys: two workers that
# meet the same two addresses in different parts must not wait for each other.
_TAKE = """
WITH part AS MATERIALIZED (
    SELECT id, part, after, last FROM messaging_broadcastpart
    WHERE broadcast_id = %(broadcast)s AND NOT is_done
    ORDER BY part LIMIT %(parts)s FOR UPDATE SKIP LOCKED
), found AS MATERIALIZED (
    SELECT part.id AS row_id, part.part, one.*
    FROM part, LATERAL ({rows}) AS one (id, recipient_id, "to", to_key)
), counted AS (
    SELECT row_id, count(*) AS many, max(id) AS furthest FROM found GROUP BY row_id
), moved AS (
    UPDATE messaging_broadcastpart row SET after = COALESCE(counted.furthest, row.after),
        is_done = COALESCE(counted.many, 0) < %(most)s
    FROM part LEFT JOIN counted ON counted.row_id = part.id WHERE row.id = part.id
    RETURNING row.id
), made AS (
    INSERT INTO messaging_delivery AS made (broadcast_id, number, part, line_id, recipient_id, "to", to_key,
        status, attempts, next_attempt_at, claim_token, claimed_at, provider_id, failed_code)
    SELECT %(broadcast)s, found.id, found.part, %(line)s, found.recipient_id, found."to", found.to_key,
        CASE WHEN held.id IS NULL THEN 'sending' ELSE 'suppressed' END,
        CASE WHEN held.id IS NULL THEN 1 ELSE 0 END, clock_timestamp(),
        CASE WHEN held.id IS NULL THEN
            (%(tokens)s::uuid[])[1 + (row_number() OVER (ORDER BY found.to_key) - 1) / %(batch)s] END,
        CASE WHEN held.id IS NULL THEN clock_timestamp() END, '',
        CASE WHEN held.id IS NULL THEN '' ELSE 'suppressed' END
    FROM found LEFT JOIN messaging_suppression held ON held.service = %(service)s
        AND held.channel = %(channel)s AND held.to_key = found.to_key AND held.lifted_at IS NULL
    ORDER BY found.to_key
    ON CONFLICT DO NOTHING
    RETURNING made.number, made."to", made.status, made.claim_token::text
)
SELECT number, "to", status, claim_token FROM made
UNION ALL SELECT count(*), NULL, 'parts', NULL FROM moved
"""
_OF_EACH_PART = {"part": "part.part", "after": "part.after", "last": "part.last", "most": "%(most)s"}
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
    """One delivery that this worker, and nobody else, is about to hand over. `tries` counts this one.

    `token` is the batch that it was claimed in: nothing is handed over before that is opened.
    """

    number: int
    to: str = field(repr=False)
    tries: int = 1
    token: str = ""


@transaction.atomic(durable=True)
def take_next(
    broadcast: Broadcast, *, line_id: int | None, most: int, parts_left: int = 1, batch: int = batches.MOST
) -> list[Taken] | None:
    """Up to `most` of parts that nobody else is at; None where none is left or it must not go out.

    An empty list says that this stretch of its parts had nobody new in it.
    """
    if not holds_open(broadcast):
        return None
    most = min(most, MOST)
    parts = max(1, min(PARTS_AT_ONCE, parts_left // SHARE, most))
    given: dict[str, Any] = {
        "parts": parts,
        "most": most // parts,
        "broadcast": broadcast.pk,
        "line": line_id,
        "tokens": batches.names(most, batch),
        "batch": batch,
        "service": broadcast.service,
        "channel": broadcast.channel,
    }
    rows = audience_of(broadcast.audience).rows % _OF_EACH_PART
    with connection.cursor() as cursor:
        cursor.execute(_TAKE.format(rows=rows), given)
        *found, (moved, *_) = cursor.fetchall()
    held = [(broadcast.pk, number) for number, _, status, _ in found if status == DeliveryStatus.SUPPRESSED]
    write_entries(held, AttemptOutcome.SUPPRESSED, code="suppressed")
    read = box().decrypt
    taken = [
        Taken(number, read(to.encode()).decode(), token=token)
        for number, to, status, token in found
        if status == DeliveryStatus.SENDING
    ]
    return taken if moved else None


@transaction.atomic(durable=True)
def take_again(
    broadcast: Broadcast, *, line_id: int | None, most: int, batch: int = batches.MOST
) -> list[Taken]:
    """Up to `most` of what was put back and is due, without those who do not want it any more."""
    if not holds_open(broadcast):
        return []
    rows = audience_of(broadcast.audience).rows % _ITS_OWN_ROW
    given: dict[str, Any] = {
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
    names = batches.names(len(going), batch)
    token_of = {one[0]: names[place // batch] for place, one in enumerate(going)}
    moved = move_each(
        _claiming(broadcast),
        [(number, DeliveryStatus.SENDING.value, token, line_id) for number, token in token_of.items()],
        actor=KEEPER,
    )
    read = box().decrypt
    return [
        Taken(number, read(to.encode()).decode(), tries, token_of[number])
        for number, to, tries, *_ in going
        if number in moved
    ]


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
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT FROM messaging_broadcast WHERE id = %s AND status = %s"
            " AND valid_until > clock_timestamp() FOR SHARE",
            [broadcast.pk, BroadcastStatus.OPEN.value],
        )
        found = cursor.rowcount > 0
    return found and not switches.is_stopped(broadcast.service, lane=broadcast.lane)
