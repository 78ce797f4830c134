"""When a visit calls. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

LONGEST = timedelta(hours=8)
# How late a visit may be before it calls: the rule without a setting, and its limits. (P)
CALL_AFTER_MINUTES = 15
SHORTEST_MINUTES, LONGEST_MINUTES = 5, 120


def alarm_at(expected: datetime, *, minutes: int) -> datetime:
    """When a visit that should have begun, or ended, at `expected` calls for the first time."""
    return expected + timedelta(minutes=minutes)


def next_call_at(called_at: datetime, *, minutes: int) -> datetime:
    """When it calls again: for as long as nobody has heard of the worker."""
    return called_at + timedelta(minutes=minutes)
