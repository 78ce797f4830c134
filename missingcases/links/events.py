"""What happens to links. Past tense; ids and times only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from foundation.events.types import Event


@dataclass(frozen=True, kw_only=True)
class LinkAsked(Event):
    """A force asks another whether it has a record of the same person."""

    link_id: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class LinkAnswered(Event):
    """The other force accepted or declined."""

    link_id: int
    at: datetime
