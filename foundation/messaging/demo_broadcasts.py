"""What a provider did with a broadcast of the demonstration's past: nothing old is sent anew."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from foundation.fields import box
from foundation.messaging.demo import CLAIMER
from foundation.messaging.enums import BroadcastStatus, DeliveryStatus
from foundation.messaging.models import Broadcast, BroadcastPart, Delivery
from foundation.messaging.states import BROADCAST
from foundation.messaging.switchboard import audience_of, guard_of
from foundation.past import NotTheDemonstration
from foundation.states import move

MOST = 10_000
ARRIVED_AFTER = timedelta(seconds=4)
# Of so many one is not delivered: a phone that is off, a number that is given up.
ONE_IN = 17


@transaction.atomic
def went_out(broadcast_id: int) -> int:
    """Everybody of its audience got it at this moment, but for a few whose phone was off; returns how many.

    Raises `NotTheDemonstration` on a real server and `AssertionError` where its guard refuses.
    """
    if settings.IS_PRODUCTION:
        raise NotTheDemonstration
    row = Broadcast.objects.get(pk=broadcast_id)
    refusal = guard_of(row.guard)(row.owner_id)
    if refusal is not None:
        raise AssertionError(refusal.code)
    made = sum(_part(row, part) for part in row.parts.filter(is_done=False).order_by("part"))
    move(row, BROADCAST, BroadcastStatus.DONE, actor=CLAIMER)
    Broadcast.objects.filter(pk=row.pk).update(ended_at=timezone.now())
    return made


def _part(row: Broadcast, part: BroadcastPart) -> int:
    given = {"part": part.part, "after": part.after, "last": part.last, "most": MOST}
    with connection.cursor() as cursor:
        cursor.execute(audience_of(row.audience).rows, given)
        found = cursor.fetchall()
    before = row.deliveries.count()
    Delivery.objects.bulk_create(
        [_delivery(row, part, *one, place=place) for place, one in enumerate(found)], ignore_conflicts=True
    )
    BroadcastPart.objects.filter(pk=part.pk).update(is_done=True, after=part.last)
    return row.deliveries.count() - before


def _delivery(
    row: Broadcast, part: BroadcastPart, number: int, recipient_id: int, to: str, to_key: str, *, place: int
) -> Delivery:
    now, arrived = timezone.now(), (place + 1) % ONE_IN != 0
    return Delivery(
        broadcast=row,
        number=number,
        part=part.part,
        recipient_id=recipient_id,
        to=box().decrypt(to.encode()).decode(),
        to_key=to_key,
        status=DeliveryStatus.DELIVERED if arrived else DeliveryStatus.FAILED,
        attempts=1,
        next_attempt_at=now,
        claimed_at=now,
        sent_at=now,
        delivered_at=now + ARRIVED_AFTER if arrived else None,
        provider_id=f"SM{row.pk:08x}{number:024x}",
        failed_code="" if arrived else "30003",
    )
