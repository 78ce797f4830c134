"""What there is of somebody before they are a subscriber."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Newcomer:
    """One address that is to get alerts from now on; it is in its one form, and no subscriber has it."""

    channel: str
    to: str = field(repr=False)
    to_key: str
    language: str
    area_ids: tuple[int, ...]
    consent: str
    consented_at: datetime
