"""What a worker knows of its lane's broadcasts as of its last look: which go out, which were stopped."""

from __future__ import annotations

from dataclasses import dataclass

import structlog
from django.db import connection
from django.utils import timezone

from foundation.messaging.enums import BroadcastStatus, DeliveryStatus, Lane
from foundation.messaging.models import Broadcast, Line
from foundation.messaging.services import lines, switches
from foundation.messaging.services.broadcast import KEEPER, cancel, clear_up
from foundation.messaging.switchboard import guard_of

log = structlog.get_logger(__name__)

# What of it is to go out now. Each half is answered by an index of what is left alone.
_LEFT = """
SELECT (SELECT count(*) FROM messaging_broadcastpart WHERE broadcast_id = %(broadcast)s AND NOT is_done),
    EXISTS (SELECT FROM messaging_delivery WHERE broadcast_id = %(broadcast)s AND status = 'queued'
        AND next_attempt_at <= clock_timestamp())
"""


@dataclass(slots=True)
class Left:
    """How many parts are not done, and whether something was put back and is due."""

    parts: int
    put_back: bool

    def __bool__(self) -> bool:
        return bool(self.parts) or self.put_back


class Board:
    """One lane's. `known` are all it has seen, by id; `ready` those that have something to go out now."""

    def __init__(self, lane: str) -> None:
        self._lane = lane
        self.known: dict[int, Broadcast] = {}
        self.ready: dict[int, Broadcast] = {}
        self.left: dict[int, Left] = {}
        self.stopped: set[int] = set()
        self.lines: list[Line] = []
        self._running: list[Broadcast] = []

    def look(self) -> None:
        """Read everything afresh: a cancel or a kill switch holds from the moment it is committed."""
        self._running = list(Broadcast.objects.filter(lane=self._lane, ended_at__isnull=True).order_by("pk"))
        self.known |= {one.pk: one for one in self._running}
        going = {one.pk: one for one in self._running if self._goes(one)}
        self.stopped = set(self.known) - set(going)
        self.left = {pk: _left(pk) for pk in going}
        self.ready = {pk: one for pk, one in going.items() if self.left[pk] and not self._gives_way(one)}
        now = timezone.now()
        self.lines = [
            line
            for channel in sorted({one.channel for one in self.ready.values()})
            for line in lines.lines_of(channel)
            if line.rests_until is None or line.rests_until <= now
        ]

    def _goes(self, broadcast: Broadcast) -> bool:
        return (
            broadcast.status == BroadcastStatus.OPEN
            and broadcast.valid_until > timezone.now()
            and not switches.is_stopped(broadcast.service, lane=broadcast.lane)
        )

    def _gives_way(self, broadcast: Broadcast) -> bool:
        """Whether an alert goes out by the same lines now: it has them for itself."""
        if self._lane == Lane.ALERT:
            return False
        alerts = Broadcast.objects.filter(
            lane=Lane.ALERT,
            channel=broadcast.channel,
            ended_at__isnull=True,
            status=BroadcastStatus.OPEN,
            valid_until__gt=timezone.now(),
        )
        return any(_left(pk) for pk in alerts.values_list("pk", flat=True))

    def ready_for(self, line: Line) -> list[Broadcast]:
        """What may go by this line, another one first each time."""
        found = [one for one in self.ready.values() if one.channel == line.channel]
        if found:  # whoever was first comes last the next time
            self.ready[found[0].pk] = self.ready.pop(found[0].pk)
        return found

    def has_run_dry(self, broadcast: Broadcast) -> None:
        """Nothing of it is to go out until the next look says otherwise."""
        self.ready.pop(broadcast.pk, None)

    def service_of(self, broadcast_id: int) -> str:
        """Whose policy it is under."""
        return self.known[broadcast_id].service

    def withheld_become(self, broadcast_id: int) -> DeliveryStatus:
        """Where a delivery goes that was claimed and never handed over, as of the last look.

        One put back whose broadcast was cancelled since is ended by `clear_up`.
        """
        broadcast = self.known[broadcast_id]
        if broadcast.status == BroadcastStatus.CANCELLED:
            return DeliveryStatus.CANCELLED
        return DeliveryStatus.EXPIRED if broadcast.valid_until <= timezone.now() else DeliveryStatus.QUEUED

    def may_go(self, broadcast: Broadcast) -> bool:
        """Its own check, after each claim; a refusal ends it. Missing data: do not send."""
        try:
            refusal = guard_of(broadcast.guard)(broadcast.owner_id)
        except Exception as error:
            log.error("guard_broke", broadcast_id=broadcast.pk, error=type(error).__name__)
            self.has_run_dry(broadcast)
            return False
        if refusal is not None:
            cancel(actor=KEEPER, broadcast_id=broadcast.pk, reason=refusal.message)
            self.has_run_dry(broadcast)
            return False
        with connection.cursor() as cursor:
            cursor.execute("SELECT status FROM messaging_broadcast WHERE id = %s", [broadcast.pk])
            (broadcast.status,) = cursor.fetchone()
        return self._goes(broadcast)

    def clear_up(self) -> int:
        """End what was stopped or is through; returns how many deliveries that ended."""
        return sum(clear_up(broadcast_id=one.pk) for one in self._running if one.pk not in self.ready)


def _left(broadcast_id: int) -> Left:
    with connection.cursor() as cursor:
        cursor.execute(_LEFT, {"broadcast": broadcast_id})
        parts, put_back = cursor.fetchone()
    return Left(int(parts), bool(put_back))
