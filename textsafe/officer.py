"""What the police side may know of a request, and nothing else (docs/adr/0030). Pure.

Opted out, capped, suppressed, another force's text and the charity's refusal must be one and the same
from outside, in words and in time. So the answer never depends on why or when a text was held back:
only on what was handed to a carrier, and on a time that was fixed when the officer asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from textsafe.enums import OfficerStatus
from textsafe.states import IN_THE_AIR


@dataclass(frozen=True, slots=True)
class OfficerView:
    """Sent and Delivered have their times; Waiting and Not sent have none."""

    status: OfficerStatus
    sent_at: datetime | None = None
    delivered_at: datetime | None = None


def officer_view(
    *,
    status: str,
    sent_at: datetime | None,
    delivered_at: datetime | None,
    closes_at: datetime,
    now: datetime,
) -> OfficerView:
    """The view at `now` of a request whose unsent end may be shown from `closes_at` on."""
    if sent_at is not None:
        reached = OfficerStatus.DELIVERED if delivered_at is not None else OfficerStatus.SENT
        return OfficerView(reached, sent_at, delivered_at)
    if now < closes_at or status in IN_THE_AIR:
        return OfficerView(OfficerStatus.WAITING)
    return OfficerView(OfficerStatus.NOT_SENT)
