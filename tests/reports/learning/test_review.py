"""The learning review over gradings in their order, and who reads which numbers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from foundation.audit.models import AuditEvent
from foundation.clock import in_london
from foundation.tables import Hidden, Table
from missingcases.models import Incident, RiskAssessment
from missingcases.services.audience import sync
from reports.learning.review import Review, review
from reports.periods import Period, financial_year, financial_year_of
from reports.scope import Scope
from reports.together import LEARNING, hidden_of
from tests.cast import Member, Organisation
from tests.missingcases.making import standing_in

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
ABSENT, LOW, MEDIUM, HIGH = "no_apparent", "low", "medium", "high"


@pytest.fixture
def year() -> Period:
    """The last whole financial year."""
    return financial_year_of(in_london(timezone.now() - timedelta(days=366)).date())


def graded(force: Organisation, at: datetime, *levels: str, **given: Any) -> Incident:
    """A closed incident reported then and graded at these levels, two hours after each other."""
    ended = {"located_at": at + 24 * HOUR, "closed_at": at + 30 * HOUR, "harm": ["none"]} | given
    incident = standing_in("closed", force.pk, reported_at=at, **ended)
    for number, level in enumerate(levels):
        RiskAssessment.objects.create(
            incident=incident,
            scheme="app_current",
            category="absent" if level == ABSENT else "missing",
            level=level,
            information="Left home.",
            given_by="A carer",
            given_at=at,
            assessed_at=at + 2 * number * HOUR,
        )
    return incident


@pytest.fixture
def made(met, kent, year) -> list[Incident]:
    """Two of the Met's ended fatally, one never graded high; absences; one nobody graded; one of Kent's."""
    at = year.starts_at + timedelta(days=30)
    dead = {"outcome": "located_deceased", "death_type": "suicide", "harm": []}
    found = [
        graded(met, at, LOW, MEDIUM, **dead),
        graded(met, at, MEDIUM, HIGH, MEDIUM, **dead),
        graded(met, at, ABSENT, MEDIUM, harm=["sexual_offence"]),
        graded(met, at, ABSENT),
        graded(met, at, harm=["not_known"]),
        graded(met, at, HIGH, harm=["accident_injury"]),
    ]
    graded(kent, at, HIGH, **dead)
    graded(met, year.ends_at, HIGH, **dead)
    standing_in("cancelled", met.pk, reported_at=at)
    standing_in("missing", met.pk, reported_at=at)
    return found


def of(found: Review, key: str) -> Table:
    return next(one for one in found.tables if one.key == key)


def test_every_grading_counts_and_not_only_the_last(made, met, year):
    found = review(Scope(met.pk), year)
    assert [row[1] for row in of(found, "first").rows] == [0, 1, 1, 0, 0, 2]
    assert [row[1] for row in of(found, "last").rows] == [0, 0, 2, 0, 0, 2]
    assert [row[1] for row in of(found, "highest").rows] == [0, 0, 1, 1, 0, 2]
    assert [row[1:] for row in of(found, "fatal each").rows[:4]] == [
        (0, 1, 1, 0),
        (0, 0, 1, 1),
        (0, 0, 1, 0),
        (0, 0, 0, 0),
    ]
    assert found.sentences[0].startswith("Of 2 incidents that ended fatally, 1 was never graded high.")


def test_unknown_is_never_no_harm_and_what_is_left_out_is_counted(made, met, year):
    found = review(Scope(met.pk), year)
    # Fatal, serious, other, unharmed, not known, not ended, all.
    assert of(found, "first").rows[-1] == ("All", 2, 1, 1, 1, 1, 1, 7)
    assert (found.total, found.cancelled, found.ungraded) == (7, 1, 2)


def test_absences_that_were_upgraded_and_how_soon(made, met, year):
    found = review(Scope(met.pk), year)
    assert of(found, "absent").rows[0] == ("Later graded missing", 0, 1, 0, 0, 0, 0, 1)
    assert of(found, "absent").rows[2][-1] == 2
    assert [row[1] for row in of(found, "waited").rows] == [0, 1, 0, 0, 0, 0]
    assert found.sentences[1] == (
        "1 of 2 incidents graded absent at first were later graded missing; half of them within 2 hours."
    )


def test_who_may_not_read_the_records_is_told_no_small_number(made, met, year):
    at = year.starts_at + timedelta(days=40)
    for _ in range(12):
        graded(met, at, MEDIUM)
    found = review(Scope(), year, away=hidden_of(LEARNING, Scope(), year))
    for table in found.tables:
        for row in table.rows:
            assert all(isinstance(cell, Hidden) or cell >= 5 for cell in row[1:]), (table.key, row)
            # All forces less the others would be one.
            assert all(isinstance(cell, Hidden) or cell % 5 == 0 for cell in row[1:]), (table.key, row)
    assert any(isinstance(cell, int) for table in found.tables for row in table.rows for cell in row)
    assert isinstance(found.cancelled, Hidden)
    assert found.sentences == (
        "How many incidents ended fatally is too small a number to be told with its parts.",
    )


def _year_page(client, who: Member, year: Period, **asked: str) -> str:
    who.sign_in(client)
    answer = client.get("/figures/learning/", {"year": f"{year.start.year}", **asked})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_coordinator_opens_the_incidents_they_may_see(client, made, year, met_coordinator):
    for incident in made[:2]:
        sync(incident)
    page = _year_page(client, met_coordinator, year)
    assert made[0].reference in page
    assert "Suicide" in page
    # The one with serious harm has no audience row: counted, and not shown.
    assert made[2].reference not in page
    assert "1 more is counted" in page
    listed = AuditEvent.objects.filter(action="learning.listed").latest("pk")
    assert set(listed.target_ids) == {made[0].pk, made[1].pk}


def test_of_a_year_without_an_incident_it_shows_no_tables_of_noughts(client, made, year, met_coordinator):
    page = _year_page(client, met_coordinator, financial_year(year.start.year - 3))
    assert "No incident was reported in this year." in page
    assert "<table" not in page
    assert "<table" in _year_page(client, met_coordinator, year)


def test_pages_by_role(client, made, year, met_inspector, met_officer, duty_manager, auditor, kent_officer):
    for who in (met_officer, duty_manager, auditor, kent_officer):
        who.sign_in(client)
        assert client.get("/figures/learning/").status_code == 403
        assert client.get("/figures/learning/review.csv").status_code == 403
    met_inspector.sign_in(client)
    assert client.get("/figures/learning/", {"force": "kent", "year": "abc"}).status_code == 200
    file = client.get("/figures/learning/review.csv", {"year": f"{year.start.year}"}).content.decode(
        "utf-8-sig"
    )
    assert "All,2,1,1,1,1,1,7" in file
    assert client.get("/figures/learning/review.pdf").status_code == 404
