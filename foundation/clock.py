"""Time as the field keeps it: stored in UTC, ruled and shown in Europe/London. Pure functions."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from holidays import HolidayBase

LONDON = ZoneInfo("Europe/London")
# The divisions whose bank holidays differ, by the letter that begins the codes of their areas.
NATIONS = {"E": "ENG", "W": "WLS", "S": "SCT", "N": "NIR"}
_DAY_ENDS = time(23, 59)


def in_london(moment: datetime) -> datetime:
    """The same moment on a London wall clock. `moment` must be aware."""
    if moment.tzinfo is None:
        raise ValueError("A moment without a time zone has no meaning here.")
    return moment.astimezone(LONDON)


def london_to_utc(day: date, wall: time) -> datetime:
    """The UTC moment of a London wall-clock time.

    A time that does not exist (clocks going forward) becomes the moment the clocks jumped to; one
    that happens twice (clocks going back) is the first of the two.
    """
    local = datetime.combine(day, wall).replace(tzinfo=LONDON, fold=0)
    moment = local.astimezone(UTC)
    if moment.astimezone(LONDON).replace(tzinfo=None) == local.replace(tzinfo=None):
        return moment
    # In the gap. London's clocks change on the hour, 01:00 UTC, so the hour's start is the jump.
    return moment.replace(minute=0, second=0, microsecond=0)


def is_quiet(moment: datetime, *, starts: time, ends: time) -> bool:
    """Whether `moment` falls in quiet hours on the London clock; they may span midnight.

    `starts` belongs to the quiet hours, `ends` does not (22:00-07:00: domain.md section 4).
    """
    wall = in_london(moment).time()
    if starts <= ends:
        return starts <= wall < ends
    return wall >= starts or wall < ends


def _refuse_unsteady(*walls: time) -> None:
    """Between 01:00 and 02:00 a clock may show a time twice or never: nothing can begin or end there once."""
    if any(time(1) <= wall < time(2) for wall in walls):
        raise ValueError("Quiet hours may not begin or end between 01:00 and 02:00.")


def next_loud(moment: datetime, *, starts: time, ends: time) -> datetime:
    """The first moment at or after `moment` outside quiet hours, in UTC.

    Raises `ValueError` for hours that begin or end between 01:00 and 02:00, when clocks change.
    """
    _refuse_unsteady(starts, ends)
    if not is_quiet(moment, starts=starts, ends=ends):
        return moment.astimezone(UTC)
    local = in_london(moment)
    day = local.date()
    if starts > ends and local.time() >= starts:
        day += timedelta(days=1)
    return london_to_utc(day, ends)


def next_quiet(moment: datetime, *, starts: time, ends: time) -> datetime:
    """The next moment strictly after `moment` at which quiet hours begin, in UTC. Raises as `next_loud`."""
    _refuse_unsteady(starts, ends)
    local = in_london(moment)
    candidate = london_to_utc(local.date(), starts)
    return candidate if candidate > moment else london_to_utc(local.date() + timedelta(days=1), starts)


@cache
def _bank_holidays(nation: str) -> HolidayBase:
    """The bank holidays of one division; it works out a year when it is first asked of."""
    # Loaded by who asks: it brings every calendar of the world, an eighth of what a process takes to start.
    import holidays

    return holidays.country_holidays("GB", subdiv=nation)


def is_working_day(day: date, *, nation: str = "ENG") -> bool:
    """Whether offices work on `day`: no weekend, and no bank holiday of `nation` (a value of `NATIONS`)."""
    return day.weekday() < 5 and day not in _bank_holidays(nation)


def working_days_after(moment: datetime, days: int, *, nation: str = "ENG") -> datetime:
    """The end of the `days`-th working day after that of `moment`, in UTC; its own day does not count."""
    day = in_london(moment).date()
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day, nation=nation)
    return london_to_utc(day, _DAY_ENDS)
