"""Having a worker go on with an import, and finding those whose worker is gone."""

from __future__ import annotations

from django.utils import timezone

from foundation.tasks import send_or_leave
from missingcases.imports import selectors

LANE = "bulk"


def kick_run(batch_id: int) -> None:
    """Have a worker bring the file in."""
    from missingcases.imports.tasks import run_import

    send_or_leave(run_import, batch_id, lane=LANE)


def kick_starts(batch_id: int) -> None:
    """Have a worker start what was confirmed."""
    from missingcases.imports.tasks import start_confirmed

    send_or_leave(start_confirmed, batch_id, lane=LANE)


def resume_stalled() -> int:
    """Kick what nobody has worked on for a while: its worker was killed or Redis lost it."""
    now = timezone.now()
    runs, starts = selectors.stalled(now=now), selectors.stalled_starts(now=now)
    for batch_id in runs:
        kick_run(batch_id)
    for batch_id in starts:
        kick_starts(batch_id)
    return len(runs) + len(starts)
