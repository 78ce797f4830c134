"""How far an alert has come: by notice, channel and area. Figures alone; nobody's address.

Counting a million deliveries takes Postgres a good part of a second, so whoever looks within two seconds gets
one count (`FRESH`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core.cache import caches
from redis.exceptions import RedisError

from alerts.audience.models import Bucket
from alerts.enums import AudienceChannel, Language, NoticeKind
from alerts.models import ChildRescueAlert, Notice, NoticeRun
from foundation.messaging.enums import BroadcastStatus
from foundation.messaging.models import Broadcast
from foundation.messaging.services.broadcast import Progress, Standing, progress
from foundation.messaging.services.lines import estimate

FRESH = 2  # seconds


@dataclass(slots=True)
class Count:
    """How many of those it was issued to stand how. `accepted`: the provider took it, or may have."""

    issued: int = 0
    accepted: int = 0
    delivered: int = 0
    unknown: int = 0
    failed: int = 0
    left_out: int = 0
    cancelled: int = 0
    under_way: int = 0

    def add(self, one: Standing) -> None:
        """Count another stretch to this."""
        self.accepted += one.accepted
        self.delivered += one.delivered
        self.unknown += one.unknown
        self.failed += one.failed
        self.left_out += one.suppressed
        self.cancelled += one.cancelled + one.expired
        self.under_way += one.sending + one.queued

    @property
    def share(self) -> int:
        """Of a hundred it was issued to, how many the provider took."""
        return min(100, round(100 * self.accepted / self.issued)) if self.issued else 0


@dataclass(frozen=True, slots=True)
class RunBoard:
    """One channel in one language. `left` is how long it still takes at the present pace, if it goes out."""

    channel: str
    language: str
    count: Count
    state: str
    left: timedelta | None


@dataclass(frozen=True, slots=True)
class AreaBoard:
    """One area of one notice."""

    name: str
    count: Count


@dataclass(frozen=True, slots=True)
class NoticeBoard:
    """One notice, whole and in parts."""

    notice: Notice
    total: Count
    runs: tuple[RunBoard, ...]
    areas: tuple[AreaBoard, ...]

    @property
    def is_going_out(self) -> bool:
        """Whether anybody may still be sent it."""
        return any(run.state in _GOING for run in self.runs)

    @property
    def left(self) -> timedelta | None:
        """Until the last channel is through."""
        return max((run.left for run in self.runs if run.left is not None), default=None)


@dataclass(frozen=True, slots=True)
class Board:
    """Every notice of an alert, the newest first."""

    notices: tuple[NoticeBoard, ...] = field(default_factory=tuple)

    @property
    def is_going_out(self) -> bool:
        """Whether the page has to be looked at again soon."""
        return any(one.is_going_out for one in self.notices)


GOING, WAITING, DONE, TAKEN_BACK = "going out", "about to go out", "done", "taken back"
_GOING = frozenset({GOING, WAITING})
_STATES = {
    BroadcastStatus.OPEN: GOING,
    BroadcastStatus.PAUSED: WAITING,
    BroadcastStatus.DONE: DONE,
    BroadcastStatus.CANCELLED: TAKEN_BACK,
}


def board_of(alert: ChildRescueAlert) -> Board:
    """How every notice of the alert stands."""
    notices = list(alert.notices.order_by("-number").prefetch_related("runs__cost"))
    runs = [run for one in notices for run in one.runs.all()]
    found = _progress([run.broadcast_id for run in runs])
    states = dict(
        Broadcast.objects.filter(pk__in=[run.broadcast_id for run in runs]).values_list("pk", "status")
    )
    return Board(tuple(_notice_board(one, found, states) for one in notices))


def _progress(broadcast_ids: Sequence[int]) -> dict[int, Progress]:
    if not broadcast_ids:
        return {}
    key = f"alerts-progress-{'-'.join(map(str, sorted(broadcast_ids)))}"
    try:
        kept: dict[int, Progress] | None = caches["fast"].get(key)
        if kept is None:
            kept = progress(broadcast_ids)
            caches["fast"].set(key, kept, FRESH)
    except (RedisError, OSError):
        return progress(broadcast_ids)
    return kept


def _notice_board(notice: Notice, found: dict[int, Progress], states: dict[int, str]) -> NoticeBoard:
    total, runs = Count(), []
    for run in sorted(notice.runs.all(), key=lambda one: (one.channel, one.language)):
        one = _run_board(run, notice, found[run.broadcast_id], states[run.broadcast_id])
        runs.append(one)
        total.issued += one.count.issued
        total.add(found[run.broadcast_id])
    areas = () if notice.kind == NoticeKind.CANCEL else _areas_of(notice, found)
    return NoticeBoard(notice, total, tuple(runs), areas)


def _run_board(run: NoticeRun, notice: Notice, one: Progress, status: str) -> RunBoard:
    count = Count(issued=max(run.cost.recipients, one.recipients))
    count.add(one)
    state = _STATES[BroadcastStatus(status)]
    remaining = max(count.issued - one.recipients, 0) + one.queued + one.sending
    left = None
    if state in _GOING and remaining and notice.kind != NoticeKind.CANCEL:
        left = estimate(channel=run.channel, count=remaining, segments=run.cost.segments)
    return RunBoard(
        channel=AudienceChannel(run.channel).label,
        language=Language(run.language).label,
        count=count,
        state=state,
        left=left,
    )


def _areas_of(notice: Notice, found: dict[int, Progress]) -> tuple[AreaBoard, ...]:
    standings: dict[int, Standing] = defaultdict(Standing)
    for run in notice.runs.all():
        for part, one in found[run.broadcast_id].parts.items():
            _merge(standings[part], one)
    counts: dict[str, Count] = defaultdict(Count)
    for name, part in _names_of(standings):
        counts[name].issued += standings[part].recipients
        counts[name].add(standings[part])
    return tuple(AreaBoard(name, count) for name, count in sorted(counts.items()))


def _names_of(parts: Iterable[int]) -> list[tuple[str, int]]:
    """The area of each part of an audience: a part is a place of subscribers."""
    return list(Bucket.objects.filter(pk__in=list(parts)).values_list("area__name", "pk"))


def _merge(into: Standing, one: Standing) -> None:
    for name in one.__dataclass_fields__:
        if name in Standing.__dataclass_fields__:
            into.add(name, getattr(one, name))


def timed(board: Board, *, now: datetime) -> datetime | None:
    """When the last channel will be through at the present pace; None where nothing goes out."""
    left = max((one.left for one in board.notices if one.left is not None), default=None)
    return None if left is None else now + left
