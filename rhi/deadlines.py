"""When a child is to be seen and the authority to be told (domain.md section 6). Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from foundation.clock import working_days_after

OFFER_WITHIN = timedelta(hours=72)  # statutory guidance, from the return [45]
REPORT_WITHIN = 3  # working days (P)
ACKNOWLEDGE_REPORT_WITHIN = 2  # working days (P)


def interview_due_at(returned_at: datetime) -> datetime:
    """By when the interview is to be held."""
    return returned_at + OFFER_WITHIN


def report_due_at(settled_at: datetime, *, nation: str) -> datetime:
    """By when the authority is to have the report: the end of the third working day after it is settled."""
    return working_days_after(settled_at, REPORT_WITHIN, nation=nation)


KEPT_UNTIL_AGE = 25  # domain.md section 8 (P)
KEEP = timedelta(days=25 * 365.25)


def keep_until(*, date_of_birth: date | None, age_at_return: int | None, returned_at: datetime) -> date:
    """The day on which the child comes to be 25; a child of unknown age is taken for a newborn."""
    if date_of_birth is not None:
        return _birthday(date_of_birth, KEPT_UNTIL_AGE)
    return _birthday(returned_at.date(), KEPT_UNTIL_AGE - (age_at_return or 0))


def _birthday(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # born on 29 February
        return day.replace(year=day.year + years, month=3, day=1)
