"""A year that is over is counted once, however many ask for it at the same moment."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from reports.periods import calendar_year
from reports.supported.keeping import TOGETHER, as_kept
from reports.supported.models import KeptYear
from tests.foundation.messaging.test_races import together
from tests.missingcases.making import standing_in


def test_all_who_ask_at_once_are_told_the_same_while_records_change(committing_db, met) -> None:
    year = calendar_year(timezone.localdate().year - 2)
    at = year.starts_at + timedelta(days=100)
    given = {"reported_at": at - timedelta(hours=9), "located_at": at, "closed_at": at}

    def change_and_ask(number: int) -> int:
        standing_in("closed", met.pk, **given)
        return as_kept(year, met.pk).total(TOGETHER)

    told = together(change_and_ask)
    (kept,) = KeptYear.objects.all()
    assert set(told) == {sum(count for name, count in kept.counts.items() if name.startswith(TOGETHER))}
    standing_in("closed", met.pk, **given)
    assert as_kept(year, met.pk).total(TOGETHER) == told[0]
