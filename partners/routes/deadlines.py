"""By when each step of a route is due. Pure; all are (P)."""

from __future__ import annotations

from datetime import datetime, timedelta

from partners.routes.enums import ConcernStatus as S
from partners.routes.enums import Path

_H = timedelta(hours=1)
# From the step that was reached: by when the next has to be.
NEXT_WITHIN: dict[tuple[str, str], timedelta] = {
    (Path.CHILD, S.RAISED): _H,
    (Path.CHILD, S.AUTHORITY_TOLD): 24 * _H,
    (Path.ADULT, S.RAISED): 24 * _H,
    (Path.ADULT, S.CONSENTED): 24 * _H,
    (Path.ADULT, S.NOT_CONSENTED): 24 * _H,
    (Path.SAFEGUARDING, S.RAISED): _H,
    (Path.COUNTER_TERRORISM, S.RAISED): _H,
}


def due_at(path: str, status: str, reached_at: datetime) -> datetime | None:
    """When the next step is due; None where nothing is."""
    within = NEXT_WITHIN.get((path, status))
    return reached_at + within if within is not None else None
