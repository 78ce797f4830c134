"""How long codes, links and pauses last, and when what is no longer needed goes (P, docs/adr/0101)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

CODE_LASTS = timedelta(hours=1)  # by text: typed in while the page is open
LINK_LASTS = timedelta(days=3)  # by e-mail
CHOICES_LAST = timedelta(hours=24)
# How often one address may be asked, whoever types it in; one that said STOP once a week.
ASKED_WITHIN = timedelta(hours=24)
MOST_ASKED = 3
ASKED_AFTER_STOP = timedelta(days=7)
STOPPED_OF_LATE = timedelta(days=3)  # looked through every half minute; a worker is not away for longer
LONGEST_PAUSE_DAYS = 365
# Of who left: long enough to answer a complaint, then only the month's figure stays.
KEEP_LEFT = timedelta(days=30)
KEEP_SUBMISSIONS = timedelta(days=7)
DECIDE_WITHIN = timedelta(days=7)  # on a list that was checked: then it is dropped, with its file
# A new secret signs beside the old one for so long: the partner changes over when it suits them.
BOTH_SIGN = timedelta(hours=24)
# A system is asked to give the challenge back so often, this long after the ask before.
_ASKED_AGAIN_AFTER = (1, 4, 15, 60, 240, 720, 1440, 1440)  # minutes
STALLED_AFTER = timedelta(minutes=2)


def lasts(channel: str) -> timedelta:
    """How long an address has to be confirmed."""
    return CODE_LASTS if channel == "sms" else LINK_LASTS


def end_of_pause(now: datetime, days: int) -> datetime:
    """When a pause of so many days ends: one day at least, a year at most."""
    return now + timedelta(days=min(max(days, 1), LONGEST_PAUSE_DAYS))


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def month_after(month: date) -> date:
    """The first day of the month after."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def month_before(day: date) -> date:
    """The first day of the month before."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def next_ask(asks: int, now: datetime, *, until: datetime) -> datetime | None:
    """When a system that was asked `asks` times (1 or more) is asked again; None for not any more."""
    if asks > len(_ASKED_AGAIN_AFTER):
        return None
    at = now + timedelta(minutes=_ASKED_AGAIN_AFTER[asks - 1])
    return at if at < until else None
