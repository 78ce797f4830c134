"""Six incidents of this year, and what the report says of one."""

from __future__ import annotations

import pytest
from django.utils import timezone

from missingcases.models import Incident
from reports import periods
from reports.figures.asked import asked_for
from reports.figures.report import report_for
from tests.missingcases import making

YEAR = periods.calendar_year(timezone.localdate().year)


@pytest.fixture
def six(met_officer) -> list[Incident]:
    """Six incidents of this year: five of children, one of an adult."""
    made = [making.report(met_officer.actor, date_of_birth=making.child_born()) for _ in range(5)]
    return [*made, making.report(met_officer.actor, date_of_birth=making.ADULT)]


def figure_rows(actor, query=None):
    asked = asked_for(actor, {"period": YEAR.code} | (query or {}), today=timezone.localdate())
    return {row[0]: row[1] for row in report_for(actor, asked).tables[0].rows}
