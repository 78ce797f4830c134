"""Sending to many: reserve moments of a line, take so many of an audience, hand over, write down how it went.

One thread looks at the database, each line has one that talks to its provider. So a slow commit holds up no
text, and no transaction is open around a call. Several workers share a broadcast by what they each take.
"""

from __future__ import annotations

import sys
import time
from datetime import timedelta
from threading import Event, Lock

import structlog
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from foundation.messaging.enums import Lane
from foundation.messaging.gateways.base import Accepted, AddressBusy, NotAccepted, NotReached
from foundation.messaging.models import Broadcast, Line
from foundation.messaging.services import batches, lines
from foundation.messaging.services.board import Board
from foundation.messaging.services.endings import Ending, by_broadcast, judged, settle, withheld
from foundation.messaging.services.handing import Handing, handings, moments_of
from foundation.messaging.services.kick import kick_broadcasts
from foundation.messaging.services.line_run import UNSEEN_SECONDS, LineRun
from foundation.messaging.services.parts import Taken, take_again, take_next

log = structlog.get_logger(__name__)

# Then it lets its worker breathe, and asks to be called again at once.
RUN_FOR_SECONDS = 120.0
# So many wait for a line at most; those that are not handed over after all have to be written back.
BACKLOG = 2000
# Written down together: so many, or what has ended in so long.
SETTLED_TOGETHER = 1000
SETTLE_SECONDS = 0.1
# How often it looks whether something was stopped, and what else is to go out: a cancel has a second.
LOOK_SECONDS = 0.2
REST = timedelta(seconds=5)
# A database that went away for longer than that has lost us: what we held becomes unknown.
HOLD_ON_SECONDS = 60.0
# A line whose next moments others have reserved is asked again so much later.
_ASK_AGAIN_SECONDS = 0.02
_NOTHING_TO_DO_SECONDS = 0.005
# The lines' threads are busy: whoever comes back from the database must not wait long for its turn.
SWITCH_SECONDS = 0.0005
_ended = Event()
_turns = {lane.value: Lock() for lane in Lane}
_called = {lane.value: Event() for lane in Lane}


def stop_soon() -> None:
    """Take nothing more: this process is about to end."""
    _ended.set()


def send_broadcasts(*, lane: str, seconds: float = RUN_FOR_SECONDS) -> int:
    """Send what is due of every running broadcast of `lane`; returns how many the provider has taken.

    One of them works for a lane in a process, and is told to look when another is called: so the others'
    threads stay free for messages to one person.
    """
    _called[lane].set()
    sent = 0
    while _called[lane].is_set() and _turns[lane].acquire(blocking=False):
        try:
            _called[lane].clear()
            sent += _Fanout(lane, seconds).run()
        finally:
            _turns[lane].release()
    return sent


class _Fanout:
    """One run of one lane: what goes out, the lines at work, what has ended and is not written down."""

    def __init__(self, lane: str, seconds: float) -> None:
        self._lane = lane
        self._until = time.monotonic() + seconds
        self._board = Board(lane)
        self._runs: dict[int, LineRun] = {}
        self._ask_at: dict[int, float] = {}
        self._pending: list[tuple[Handing, Ending]] = []
        self._pending_since = 0.0
        self._looked = float("-inf")
        self._in_trouble_since = 0.0
        self._sent = 0

    def run(self) -> int:
        """Until nothing is left to do here, or its time is over and what it holds has ended."""
        switched = sys.getswitchinterval()
        sys.setswitchinterval(SWITCH_SECONDS)
        try:
            while self._turn():
                pass
        finally:
            sys.setswitchinterval(switched)
            for run in self._runs.values():
                run.close()
        self._board.clear_up()
        if self._board.ready and not _ended.is_set():
            kick_broadcasts(lane=self._lane)
        return self._sent

    def _turn(self) -> bool:
        """Do what there is to do; False once nothing is left."""
        try:
            did = self._collect() | self._open() | self._write_down() | self._open() | self._look()
            did = did | self._fill() | self._open()
            self._in_trouble_since = 0.0
        except (OperationalError, InterfaceError) as error:
            self._hold_on(error)
            return True
        if did:
            return True
        if self._is_over():
            return False
        time.sleep(_NOTHING_TO_DO_SECONDS)
        return True

    def _is_over(self) -> bool:
        if self._pending or not all(run.is_idle for run in self._runs.values()):
            return False
        return not (self._may_take() and self._board.ready and self._lines_awake())

    def _may_take(self) -> bool:
        return not _ended.is_set() and time.monotonic() < self._until

    def _lines_awake(self) -> bool:
        channels = {one.channel for one in self._board.ready.values()}
        return any(line.channel in channels for line in self._board.lines)

    def _hold_on(self, error: Exception) -> None:
        """The database is away: hand over nothing more, keep what is known, and try again for a while."""
        now = time.monotonic()
        self._in_trouble_since = self._in_trouble_since or now
        log.warning("database_away", lane=self._lane, error=type(error).__name__)
        for run in self._runs.values():
            run.forbid(self._board.known)
        if now - self._in_trouble_since > HOLD_ON_SECONDS or connection.in_atomic_block:
            raise error
        connection.close()
        self._looked = float("-inf")
        time.sleep(LOOK_SECONDS)

    def _collect(self) -> bool:
        """Judge what has ended since."""
        did = False
        for run in self._runs.values():
            while run.ended:
                handing, ended = run.ended[0]
                self._rest_after(run, ended)
                self._pend(handing, judged(self._board.service_of(handing.broadcast_id), handing, ended))
                run.ended.popleft()
                self._sent += isinstance(ended, Accepted)
                did = True
            while run.withheld:
                handing = run.withheld[0]
                self._pend(handing, withheld(handing, self._board.withheld_become(handing.broadcast_id)))
                run.withheld.popleft()
                did = True
        return did

    def _pend(self, handing: Handing, ending: Ending) -> None:
        if not self._pending:
            self._pending_since = time.monotonic()
        self._pending.append((handing, ending))

    def _rest_after(self, run: LineRun, ended: object) -> None:
        """A provider that cannot be reached, or asks to be left alone, is left alone, by everybody."""
        if run.is_held or not isinstance(ended, NotAccepted) or isinstance(ended, AddressBusy):
            return
        wait = REST if isinstance(ended, NotReached) else ended.retry_after
        if wait is not None and not ended.permanent:
            run.hold()
            lines.rest(line_id=run.line.pk, until=timezone.now() + wait)
            log.warning("line_rests", line_id=run.line.pk, seconds=wait.total_seconds())

    def _write_down(self) -> bool:
        """Settle what has ended, many together."""
        many = len(self._pending)
        if not many or (many < SETTLED_TOGETHER and time.monotonic() - self._pending_since < SETTLE_SECONDS):
            return False
        for broadcast_id, endings in by_broadcast(self._pending[:many]).items():
            settle(self._board.known[broadcast_id], endings)
        del self._pending[:many]
        self._pending_since = time.monotonic()
        return True

    def _open(self) -> bool:
        """Open what the lines hand over next: before that is committed nothing of it leaves."""
        wanted = {run.line.pk: run.to_open() for run in self._runs.values()}
        tokens = {one for some in wanted.values() for one in some}
        if not tokens:
            return False
        opened = batches.open_batches(tokens)
        for run in self._runs.values():
            run.opened(wanted[run.line.pk], opened)
        return True

    def _look(self) -> bool:
        """See what was begun, stopped or has rested since; that much is never older than a second."""
        now = time.monotonic()
        if now - self._looked < LOOK_SECONDS and not _called[self._lane].is_set():
            return False
        _called[self._lane].clear()
        self._board.look()
        self._looked = now
        if time.monotonic() - now > UNSEEN_SECONDS:  # nothing may go by a look as old as this
            log.warning("look_was_slow", lane=self._lane, seconds=round(time.monotonic() - now, 1))
        for line in self._board.lines:
            run = self._runs.get(line.pk)
            if run is None or not (run.is_alive or run.waiting):
                self._runs[line.pk] = run = LineRun(line)
            run.line = line
            run.let_go()
        for run in self._runs.values():
            run.forbid(self._board.stopped)
            run.seen(now)
        return self._board.clear_up() > 0

    def _fill(self) -> bool:
        """Give each line that has room what it can hand over next."""
        if not self._may_take():
            return False
        filled = [self._fill_line(run) for run in self._runs.values() if not run.is_held]
        return any(filled)

    def _fill_line(self, run: LineRun) -> bool:
        now = time.monotonic()
        ready = self._board.ready_for(run.line)
        room = _room(run)
        if not ready or not room or now < self._ask_at.get(run.line.pk, 0.0):
            return False
        least = max(moments_of(broadcast) for broadcast in ready)
        lease = lines.lease(line_id=run.line.pk, wanted=max(room, least), least=least)
        leased = time.monotonic()
        if lease is None:
            self._ask_at[run.line.pk] = now + _ASK_AGAIN_SECONDS
            return False
        place = 0
        for broadcast in ready:
            each = moments_of(broadcast)
            while place + each <= lease.slots:
                claimed = time.monotonic()
                taken = self._take(broadcast, run.line, (lease.slots - place) // each)
                if not taken:
                    break
                given = handings(broadcast, run.line, taken, claimed=claimed)
                if not self._board.may_go(broadcast):
                    run.withheld.extend(given)
                    break
                run.give(given, lease, leased=leased, first=place)
                place += len(given) * each
        if place < lease.slots:
            lines.give_back(line_id=run.line.pk, lease=lease, unused=lease.slots - place)
        return place > 0

    def _take(self, broadcast: Broadcast, line: Line, most: int) -> list[Taken]:
        """What was put back first, then the next of the audience; nothing where it has run dry."""
        left, batch = self._board.left[broadcast.pk], batches.size_for(line.per_second - line.kept_back)
        if left.put_back:
            again = take_again(broadcast, line_id=line.pk, most=most, batch=batch)
            if again:
                return again
            left.put_back = False
        while True:
            taken = take_next(broadcast, line_id=line.pk, most=most, parts_left=left.parts, batch=batch)
            if taken:
                return taken
            if taken is None:
                self._board.has_run_dry(broadcast)
                return []


def _room(run: LineRun) -> int:
    """How many more the line can have waiting; 0 while it has enough."""
    rate = run.line.per_second - run.line.kept_back
    most = min(BACKLOG, int(rate * lines.LEASE_SECONDS * 2) + 1)
    room = most - run.waiting
    # Each time costs some ten statements: an unpaced line takes more at once.
    return room if room >= max(most // (2 if most == BACKLOG else 4), 1) else 0
