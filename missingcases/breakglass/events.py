"""What happens to openings. Past tense; ids and times only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from foundation.events.types import Event


@dataclass(frozen=True, kw_only=True)
class RecordsOpened(Event):
    """A duty manager opened confidential records that were closed to them."""

    opening_id: int
    at: datetime
