"""What is behind, in words: a page for those who look after the product, and one line for everybody.

The line is worked out by a task and kept for two minutes, so that no page waits for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from config import figures
from foundation import access
from foundation.accounts.enums import OPERATORS
from foundation.clock import in_london
from foundation.messaging.models.control import EVERYTHING
from foundation.messaging.switchboard import words_for
from reports.telling import proof_of_cells

# What says in words whether something that is kept was proven against what is there, and whether to worry.
PROOFS: tuple[Callable[[datetime], tuple[str, bool]], ...] = (proof_of_cells,)

# How late a lane may be before anybody needs to know. Bulk waits for other systems by design.
LATE = {
    "alert": timedelta(seconds=30),
    "urgent": timedelta(minutes=1),
    "normal": timedelta(minutes=3),
    "bulk": timedelta(minutes=30),
}
LANES = {
    "alert": "Alerts",
    "urgent": "Texts and news that are pressing",
    "normal": "Texts and e-mail",
    "bulk": "Texts to many and webhooks",
}
UNSEALED = timedelta(minutes=15)
NEVER_SEALED = "The audit trail has not been sealed yet."
_KEY, _KEPT_SECONDS = "standing:line", 120


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence: whether it is behind, and whether everybody should know."""

    words: str
    is_behind: bool = False
    is_for_all: bool = False


def lines() -> list[Line]:
    """How everything stands now, what is behind first."""
    now = timezone.now()
    found = [*_switches(), *_lanes(now), *_owed(now), *_unknown(), _seal(now), *_proofs(now)]
    return sorted(found, key=lambda line: (not line.is_for_all, not line.is_behind))


def _switches() -> Iterator[Line]:
    for name in figures.stopped():
        what = "Everything" if name == EVERYTHING else words_for(name)
        yield Line(f"{what}: sending is stopped by the kill switch.", True, True)


def _lanes(now: datetime) -> Iterator[Line]:
    for queue in figures.queues(now):
        what = LANES[queue.lane]
        late = timedelta(seconds=queue.age) > LATE[queue.lane]
        if late:
            yield Line(f"{what} are going out {_said(queue.age)} late ({queue.due} waiting).", True, True)
        else:
            yield Line(f"{what} are going out in time.")


def _owed(now: datetime) -> Iterator[Line]:
    counts = figures.owed(now)
    if counts["stops"]:
        yield Line(f"A stop did not finish: {counts['stops']}. Look at Owed.", True, True)
    if counts["stuck"]:
        yield Line(f"Given up after many tries and left for a person: {counts['stuck']}.", True)
    if not counts["stops"] and not counts["stuck"]:
        yield Line("Nothing that follows from an event is stuck.")


def _unknown() -> Iterator[Line]:
    count = figures.unknown()["for_a_person"]
    if count:
        yield Line(f"Nobody knows whether these messages went out; a person must settle them: {count}.", True)
    else:
        yield Line("No message of unknown outcome waits for a person.")


def _seal(now: datetime) -> Line:
    at = figures.last_sealed()
    when = f"{in_london(at):%H:%M on %-d %B}" if at else ""
    words = f"The audit trail was last sealed at {when}." if at else NEVER_SEALED
    behind = timedelta(seconds=figures.seal_lag(now)) > UNSEALED
    return Line(f"{words} Entries since then wait for their seal." if behind else words, behind)


def _proofs(now: datetime) -> Iterator[Line]:
    for proof in PROOFS:
        words, is_behind = proof(now)
        yield Line(words, is_behind)


def _said(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return f"{round(seconds)} seconds"
    if minutes < 120:
        return f"{minutes} minute{'' if minutes == 1 else 's'}"
    return f"{round(minutes / 60)} hours"


def keep_line() -> None:
    """Work out the line for all pages and keep it for a while."""
    behind = [line.words for line in lines() if line.is_for_all]
    caches["fast"].set(_KEY, behind[0] if behind else "", _KEPT_SECONDS)


def kept_line() -> str:
    """What every page says, empty where nothing that matters is behind or nobody can tell."""
    try:
        return str(caches["fast"].get(_KEY) or "")
    except (RedisError, OSError):
        return ""


@access.roles(OPERATORS)
@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """How everything stands, in words."""
    found = lines()
    behind = [line for line in found if line.is_behind]
    fine = [line for line in found if not line.is_behind]
    return render(request, "staff/status.html", {"behind": behind, "fine": fine, "at": timezone.now()})
