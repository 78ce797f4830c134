"""What happens to intelligence reports. Past tense; ids and times only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from foundation.events.types import Event


@dataclass(frozen=True, kw_only=True)
class IntelligenceSent(Event):
    """A report went to a force, which is to acknowledge it."""

    report_id: int
    at: datetime
