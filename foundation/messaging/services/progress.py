"""How far a broadcast has come, whole and by part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import Count, Sum

from foundation.messaging.models import BroadcastPart, DeliveryTally

# More rows than that are folded into one for each part and status.
MANY = 1000
_FOLD = """
WITH gone AS (
    DELETE FROM messaging_deliverytally WHERE broadcast_id = %(broadcast)s RETURNING part, status, count
)
INSERT INTO messaging_deliverytally (broadcast_id, part, status, count)
SELECT %(broadcast)s, part, status, sum(count) FROM gone GROUP BY part, status HAVING sum(count) <> 0
"""


@dataclass(slots=True)
class Standing:
    """How many deliveries stand how. `recipients` are all that there are so far."""

    queued: int = 0
    sending: int = 0
    sent: int = 0
    delivered: int = 0
    failed: int = 0
    unknown: int = 0
    suppressed: int = 0
    cancelled: int = 0
    expired: int = 0

    @property
    def recipients(self) -> int:
        """Everybody of the audience who has a delivery so far."""
        return self.accepted + self.queued + self.sending + self.not_sent

    @property
    def accepted(self) -> int:
        """What the provider took, or may have taken."""
        return self.sent + self.delivered + self.unknown

    @property
    def not_sent(self) -> int:
        """What ended without the provider, or was refused by it."""
        return self.failed + self.suppressed + self.cancelled + self.expired

    def add(self, status: str, count: int) -> None:
        """Count `count` more as standing at `status`."""
        setattr(self, status, getattr(self, status) + count)


@dataclass(slots=True)
class Progress(Standing):
    """A broadcast's standing, and that of each of its parts by the audience's number of the part.

    `parts_left` are those whose rows have not all been gone through: with 0 of them and nobody queued or
    sending, everybody has been tried.
    """

    parts: dict[int, Standing] = field(default_factory=dict)
    parts_left: int = 0


def progress(broadcast_ids: Sequence[int]) -> dict[int, Progress]:
    """The progress of each broadcast, also of one that has not begun."""
    found = {pk: Progress() for pk in broadcast_ids}
    for broadcast_id, part, status, count in _counted(broadcast_ids):
        one = found[broadcast_id]
        one.add(status, count)
        one.parts.setdefault(part, Standing()).add(status, count)
    left = BroadcastPart.objects.filter(broadcast_id__in=broadcast_ids, is_done=False)
    for row in left.values("broadcast_id").annotate(count=Count("pk")):
        found[row["broadcast_id"]].parts_left = row["count"]
    return found


def _counted(broadcast_ids: Sequence[int]) -> Iterator[tuple[int, int, str, int]]:
    rows = DeliveryTally.objects.filter(broadcast_id__in=broadcast_ids)
    yield from rows.values_list("broadcast_id", "part", "status").annotate(total=Sum("count"))


def fold_tallies(*, many: int = MANY) -> int:
    """Fold what more than `many` statements have changed into what stands; returns of how many broadcasts."""
    rows = DeliveryTally.objects.values("broadcast_id").annotate(rows=Count("pk")).filter(rows__gt=many)
    found = list(rows.values_list("broadcast_id", flat=True))
    for broadcast_id in found:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_FOLD, {"broadcast": broadcast_id})
    return len(found)
