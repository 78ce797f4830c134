"""One line at work: a thread that hands over what is due, at its moment, and never looks at the database."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Collection, Iterator
from threading import Lock, Thread

import structlog

from foundation.messaging.gateways.base import OutcomeUnknown, Outgoing
from foundation.messaging.gateways.bulk.base import Ended
from foundation.messaging.gateways.bulk.registry import bulk_gateway_for
from foundation.messaging.models import Line
from foundation.messaging.services.batches import ahead_for
from foundation.messaging.services.handing import Handing
from foundation.messaging.services.lines import Lease
from foundation.messaging.services.send import TRUSTED_FOR

log = structlog.get_logger(__name__)

# Of time that was lost so much is made up for at once, the rest at so much over the pace.
AT_ONCE_SECONDS = 0.01
CATCHING_UP = 1.03
# Nothing is handed over if nobody has looked for so long whether it was stopped: a cancel has a second.
UNSEEN_SECONDS = 0.8
_LOOK_AGAIN_SECONDS = 0.01
_OPENED_SOON_SECONDS = 0.002


class LineRun:
    """What waits for the line's thread, what it holds, and how what it handed over ended."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.ended: deque[tuple[Handing, Ended]] = deque()
        # Was not handed over: somebody forbade it, or it waited for too long.
        self.withheld: deque[Handing] = deque()
        self._queue: deque[tuple[float, Handing]] = deque()
        self._under_way: dict[int, Handing] = {}
        self._forbidden: Collection[int] = ()
        self._is_held = self._is_closed = False
        # What may be handed over, what will never be, and what the batches are in whose order it waits.
        self._open: set[str] = set()
        self._lost: set[str] = set()
        self._unopened: deque[tuple[str, int]] = deque()
        self._lock = Lock()
        self._seen = time.monotonic()
        self._apart = self._full_until = 0.0
        self._thread = Thread(target=self._run, name=f"line-{line.pk}", daemon=True)
        self._thread.start()

    @property
    def waiting(self) -> int:
        """How many it has not handed over yet."""
        return len(self._queue)

    @property
    def is_idle(self) -> bool:
        """Whether it has nothing in hand and has told everything."""
        with self._lock:
            return not (self._queue or self._under_way or self.ended or self.withheld)

    @property
    def is_alive(self) -> bool:
        """Whether its thread runs; one that broke is replaced."""
        return self._thread.is_alive()

    def give(self, many: list[Handing], lease: Lease, *, leased: float, first: int) -> None:
        """Have these handed over at a lease's moments, from its `first` on; `leased` is when it was made."""
        begin = leased + lease.first_in
        self._apart = lease.apart
        self._unopened.extend(Counter(one.token for one in many).items())
        self._queue.extend(
            (begin + (first + place * one.moments) * lease.apart, one) for place, one in enumerate(many)
        )

    def to_open(self) -> list[str]:
        """The batches that it comes to next and may not hand over yet."""
        ahead = ahead_for(self.line.per_second - self.line.kept_back)
        many, found = len(self._queue) - sum(count for _, count in self._unopened), []
        for token, count in self._unopened:
            if many >= ahead:
                break
            found.append(token)
            many += count
        return found

    def opened(self, tokens: list[str], opened: set[str]) -> None:
        """Of these batches, the next, it may hand over those that were opened and nothing of the others."""
        for token in tokens:
            self._unopened.popleft()
            (self._open if token in opened else self._lost).add(token)

    def forbid(self, broadcast_ids: Collection[int]) -> None:
        """Hand over nothing more of these broadcasts."""
        with self._lock:
            self._forbidden = frozenset(broadcast_ids)
            held = [one for _, one in self._queue if one.broadcast_id in self._forbidden]
            if held:
                kept = [(due, one) for due, one in self._queue if one.broadcast_id not in self._forbidden]
                self._queue = deque(kept)
                self.withheld.extend(held)

    def seen(self, at: float) -> None:
        """Somebody began to look at this moment, of the monotonic clock, whether anything was stopped."""
        self._seen = at

    @property
    def is_held(self) -> bool:
        """Whether the line rests."""
        return self._is_held

    def hold(self) -> None:
        """Hand over nothing more: the line rests."""
        self._is_held = True

    def let_go(self) -> None:
        """It has rested."""
        self._is_held = False

    def close(self) -> None:
        """End the thread once everything in hand has ended."""
        self._is_closed = True

    def _run(self) -> None:
        try:
            gateway = bulk_gateway_for(self.line.channel, self.line.provider)
            for sent, ended in gateway.send_many(self._work()):
                self.ended.append((self._under_way[id(sent)], ended))
                del self._under_way[id(sent)]
        except Exception as error:
            code = type(error).__name__[:60]
            log.error("line_broke", line_id=self.line.pk, error=code)
            broke = OutcomeUnknown("Our own connection to the provider broke.", code=code)
            for one in list(self._under_way.values()):
                self.ended.append((one, broke))
            self._under_way.clear()

    def _work(self) -> Iterator[Outgoing | float]:
        while not (self._is_closed and not self._queue):
            wait, one = self._next()
            if one is None:
                yield wait
            else:
                yield one

    def _next(self) -> tuple[float, Handing | None]:
        """The next whose moment has come, or how long until one may have."""
        with self._lock:
            now = time.monotonic()
            if self._is_held:
                self.withheld.extend(one for _, one in self._queue)
                self._queue.clear()
            if not self._queue or now - self._seen > UNSEEN_SECONDS:
                return _LOOK_AGAIN_SECONDS, None
            wait = max(self._queue[0][0], self._full_until - AT_ONCE_SECONDS) - now
            if wait > 0:
                return min(wait, _LOOK_AGAIN_SECONDS), None
            one = self._queue[0][1]
            if one.token in self._lost or now - one.claimed > TRUSTED_FOR.total_seconds():
                self._queue.popleft()
                self.withheld.append(one)
                return 0.0, None
            if one.token not in self._open:
                return _OPENED_SOON_SECONDS, None
            self._queue.popleft()
            self._full_until = max(self._full_until, now) + one.moments * self._apart / CATCHING_UP
            self._under_way[id(one)] = one
            return 0.0, one
