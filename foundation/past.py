"""The demonstration's past: steps carried out one after another, each at its own moment.

Every verb asks `django.utils.timezone.now()` for the time. While an agenda runs in its own process it answers
with the step's moment, so that history goes through the same services as the present: audit, audience
and clocks come out as they would have been. Never on a real server (docs/adr/0040).
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

Step = Callable[[], object]


class NotTheDemonstration(RuntimeError):
    """A past was asked for on a real server."""


class Agenda:
    """What happens when. A step may add later ones; none happens after `now`, the moment of making."""

    def __init__(self) -> None:
        if settings.IS_PRODUCTION:
            raise NotTheDemonstration
        self.now = timezone.now()
        self._steps: list[tuple[datetime, int, Step]] = []
        self._added = 0
        self._moment = self.now

    def at(self, moment: datetime, step: Step) -> bool:
        """Have `step` happen at `moment`; False, and nothing, where that is still to come."""
        if moment > self.now:
            return False
        self._added += 1
        heapq.heappush(self._steps, (moment, self._added, step))
        return True

    def ago(self, step: Step, **delta: float) -> bool:
        """Have `step` happen so long before now."""
        return self.at(self.now - timedelta(**delta), step)

    def run(self) -> int:
        """Carry every step out, the earliest first; returns how many there were."""
        done = 0
        with self._clock():
            while self._steps:
                self._moment, _, step = heapq.heappop(self._steps)
                step()
                done += 1
        return done

    @contextmanager
    def _clock(self) -> Iterator[None]:
        real = timezone.now
        timezone.now = lambda: self._moment
        try:
            yield
        finally:
            timezone.now = real
