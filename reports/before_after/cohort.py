"""One child's windows as numbers, and what counts as alike. Pure.

Windows are 90 days on either side of one incident, which is in neither (domain.md section 6).
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

WINDOW_DAYS = 90
# Over half of first repeats come within four weeks [51]: somebody missing again so soon is another case.
RECENT_DAYS = 28
# How much further back the history goes that a child is held to: together with the window, a year.
EARLIER_DAYS = 275
_AGES = ((0, 11), (12, 13), (14, 15), (16, 17))


@dataclass(frozen=True, slots=True)
class Row:
    """One return of one child: incidents and days at risk in the window before and the window after.

    `alike` is what must be equal to be compared. `earlier` counts incidents of the rest of the year before.
    A child of the comparison may stand here more than once, never twice with the same `alike`.
    """

    child: int
    offered: bool
    alike: tuple[Hashable, ...]
    before: int
    before_days: float
    after: int
    after_days: float
    earlier: int = 0


def age_band(age: int) -> str:
    """The band of an age in years at the return; the last is of those nearly grown."""
    for low, high in _AGES:
        if low <= age <= high:
            return f"{low}-{high}"
    raise ValueError(f"no child: {age}")


def count_band(count: int) -> str:
    """The band of earlier incidents within the window: exact while they are few."""
    return str(count) if count < 4 else "4-6" if count < 7 else "7+"
