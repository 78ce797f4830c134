"""Times as people say them, on a London clock. Pure; `static/js/clocks.js` says the same words live."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from foundation.clock import in_london

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
# Within this many hours minutes still matter to whoever has to act.
_HOURS_WITH_MINUTES = 6


def duration(seconds: float) -> str:
    """A length of time in words: "40 minutes", "2 hours 5 minutes", "3 days". The sign is ignored."""
    size = int(abs(seconds))
    if size < _MINUTE:
        return "less than a minute"
    if size < _HOUR:
        return _count(size // _MINUTE, "minute")
    if size >= _DAY:
        return _count(size // _DAY, "day")
    hours, minutes = size // _HOUR, (size % _HOUR) // _MINUTE
    if hours < _HOURS_WITH_MINUTES and minutes:
        return f"{_count(hours, 'hour')} {_count(minutes, 'minute')}"
    return _count(hours, "hour")


def ago(moment: datetime, now: datetime) -> str:
    """How long before `now` a moment was: "just now", "3 hours ago"."""
    seconds = (now - moment).total_seconds()
    return "just now" if seconds < _MINUTE else f"{duration(seconds)} ago"


def due(moment: datetime, now: datetime) -> str:
    """How a deadline stands: "Due in 40 minutes", "Overdue by 2 hours"."""
    left = (moment - now).total_seconds()
    return f"Overdue by {duration(left)}" if left < 0 else f"Due in {duration(left)}"


def due_colour(moment: datetime, now: datetime, soon: timedelta) -> str:
    """The tag colour of a deadline: red when past, yellow when within `soon`, grey otherwise."""
    left = moment - now
    if left < timedelta(0):
        return "red"
    return "yellow" if left <= soon else "grey"


def said_moment(moment: datetime, now: datetime) -> str:
    """A moment as people say it: "today at 03:12", "Tuesday 4 November at 18:00".

    In the hour that happens twice when the clocks go back, BST or GMT is added.
    """
    local, today = in_london(moment), in_london(now).date()
    return f"{said_date(local.date(), today)} at {local:%H:%M}{_which_of_two(local)}"


def said_date(day: date, today: date) -> str:
    """A date as people say it: "today", "yesterday", "Tuesday 4 November", "4 November 2024"."""
    words = {0: "today", -1: "yesterday", 1: "tomorrow"}
    apart = (day - today).days
    if apart in words:
        return words[apart]
    if abs(apart) < 183:
        return f"{day:%A} {day.day} {day:%B}" + ("" if day.year == today.year else f" {day.year}")
    return f"{day.day} {day:%B} {day.year}"


def full_moment(moment: datetime) -> str:
    """A moment in full, for records and print: "Tuesday 4 November 2025 at 18:00:09 GMT"."""
    local = in_london(moment)
    return f"{local:%A} {local.day} {local:%B %Y} at {local:%H:%M:%S %Z}"


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _which_of_two(local: datetime) -> str:
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return f" {local.tzname()}" if twice else ""
