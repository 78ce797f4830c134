"""Opening times as people write them: "Mon-Fri 09:00-17:00", a line each. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import time
from itertools import pairwise

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
Opening = tuple[int, time, time]
# A time of the day ends before 24:00, so that this stands for it.
MIDNIGHT = time.max
_ALL_DAY = (time.min, MIDNIGHT)
_LINE = re.compile(
    r"(?P<first>[a-z]+)(?:\s*(?:-|–|to)\s*(?P<last>[a-z]+))?[\s,:]+"
    r"(?:(?P<all>all day)|(?P<opens>\d{1,2}[:.]\d{2})\s*(?:-|–|to)\s*(?P<closes>\d{1,2}[:.]\d{2}))",
    re.IGNORECASE,
)


def read(text: str) -> tuple[Opening, ...]:
    """The opening times of the lines. Raises `ValueError` with words for whoever wrote them."""
    found: list[Opening] = []
    for raw in text.splitlines():
        if line := raw.strip():
            found += _of_line(line)
    return tuple(sorted(set(found)))


def write(times: Iterable[Opening]) -> str:
    """The lines of these times, neighbouring days with the same hours on one."""
    by_hours: dict[tuple[time, time], list[int]] = {}
    for day, opens, closes in sorted(times):
        by_hours.setdefault((opens, closes), []).append(day)
    lines: list[tuple[int, str]] = []
    for (opens, closes), days in by_hours.items():
        for first, last in _runs(days):
            named = DAYS[first] if first == last else f"{DAYS[first]} to {DAYS[last]}"
            lines.append((first, f"{named} {_hours(opens, closes)}"))
    return "\n".join(line for _, line in sorted(lines))


def _of_line(line: str) -> list[Opening]:
    match = _LINE.fullmatch(line)
    first = _day(match["first"]) if match else None
    last = _day(match["last"] or match["first"]) if match else None
    if match is None or first is None or last is None or last < first:
        raise ValueError(f"“{line}”: write it as “Monday to Friday 09:00-17:00” or “Saturday all day”.")
    opens, closes = (
        _ALL_DAY if match["all"] else (_time(match["opens"], line), _closing(match["closes"], line))
    )
    if closes <= opens:
        raise ValueError(
            f"“{line}”: the closing time comes after the opening time. For a night write two lines, such as "
            "“Monday 22:00-24:00” and “Tuesday 00:00-06:00”."
        )
    return [(day, opens, closes) for day in range(first, last + 1)]


def overlapping(times: Iterable[Opening]) -> str:
    """The first day on which two of the times overlap, or nothing."""
    held = sorted(times)
    found = (
        day for (day, _, closes), (next_day, opens, _) in pairwise(held) if day == next_day and opens < closes
    )
    return next((DAYS[day] for day in found), "")


def _hours(opens: time, closes: time) -> str:
    if (opens, closes) == _ALL_DAY:
        return "all day"
    return f"{opens:%H:%M}-{'24:00' if closes == MIDNIGHT else f'{closes:%H:%M}'}"


def _closing(words: str, line: str) -> time:
    return MIDNIGHT if words in {"24:00", "24.00"} else _time(words, line)


def _day(word: str) -> int | None:
    asked = word.lower()
    return next(
        (at for at, day in enumerate(DAYS) if len(asked) >= 3 and day.lower().startswith(asked)), None
    )


def _time(words: str, line: str) -> time:
    hours, _, minutes = words.replace(".", ":").partition(":")
    try:
        return time(int(hours), int(minutes))
    except ValueError:
        raise ValueError(f"“{line}”: this is no time of the day.") from None


def _runs(days: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for day in sorted(days):
        if runs and runs[-1][1] == day - 1:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs
