"""When somebody who asked must have their answer (UK GDPR, article 12(3)), and how long a pack is kept."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from foundation.clock import is_working_day

ANSWER_MONTHS = 1
EXTENDED_MONTHS = 3  # two further months where it is complex
KEEP_PACK = timedelta(days=30)  # (P)


def answer_due_on(received_on: date, *, is_extended: bool = False) -> date:
    """The same day of the month after (of the third, extended); the last where there is none.

    A weekend or bank holiday moves it to the next working day, as the regulator says.
    """
    months = EXTENDED_MONTHS if is_extended else ANSWER_MONTHS
    year, month = divmod(received_on.year * 12 + received_on.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    due = date(year, month + 1, min(received_on.day, last))
    while not is_working_day(due):
        due += timedelta(days=1)
    return due
