"""Every force by year: what its own records give, protected over all forces, for the national unit."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from foundation.audit.models import AuditEvent
from foundation.clock import in_london
from foundation.tables import INSIDE_NOTE, Hidden
from missingcases.models import Incident
from reports.national.by_year import tables_by_year, years_to
from reports.national.models import CallsTaken
from reports.periods import Period, financial_year_of
from tests.missingcases.making import standing_in

pytestmark = pytest.mark.django_db
PAGE = "/figures/national-return/years/"


@pytest.fixture
def years() -> tuple[Period, ...]:
    """The last five that are over."""
    return years_to(financial_year_of(in_london(timezone.now() - timedelta(days=366)).date()))


@pytest.fixture
def made(met, kent, years) -> dict[str, list[Incident]]:
    """Of the last year nine incidents of eight people of the Met and seven of Kent; six of the Met before."""

    def some(force, number: int, year: Period, **given) -> list[Incident]:
        at = year.starts_at + timedelta(days=200)
        return [standing_in("closed", force.pk, reported_at=at, **given) for _ in range(number)]

    here = some(met, 8, years[-1])
    here += some(met, 1, years[-1], person=here[0].person)
    return {"met": here, "kent": some(kent, 7, years[-1]), "before": some(met, 6, years[-2])}


def rows(years, at: int) -> dict[object, tuple[object, ...]]:
    return {row[0]: row[1:] for row in tables_by_year(years)[at].rows}


def test_each_force_stands_beside_its_years_and_units_are_apart(made, met, kent, years, met_coordinator):
    CallsTaken.objects.create(
        force=met, year=years[-1].start.year, calls=75, source="CAD", entered_by=met_coordinator.user,
        entered_at=timezone.now(),
    )  # fmt: skip
    calls, incidents, individuals = (rows(years, at) for at in range(3))
    assert calls[met.name] == (*["Not entered"] * 4, 75)
    assert calls["All forces"][-1] == 75
    assert incidents[met.name][-1] == 9
    assert individuals[met.name][-1] == 8
    assert incidents[kent.name][-1] == individuals[kent.name][-1] == 7
    # Sixteen and fifteen, as the return of all forces tells them.
    assert (incidents["All forces"][-1], individuals["All forces"][-1]) == (15, 15)
    # None is told: it is about nobody.
    assert (incidents[met.name][-2], incidents[kent.name][-2], incidents["All forces"][-2]) == (6, 0, 5)
    titles = [one.title for one in tables_by_year(years)]
    units = ("calls", "incidents", "individuals")
    assert titles == [f"{unit.capitalize()} by force and year ({unit})" for unit in units]


def test_a_force_with_few_is_not_worked_out_from_the_others_in_any_unit(made, met, kent, years):
    later = {"reported_at": years[-1].ends_at}
    Incident.objects.filter(pk__in=[one.pk for one in made["kent"][3:]]).update(**later)
    for at in (1, 2):
        found = {name: row[-1] for name, row in rows(years, at).items()}
        assert found[kent.name] == Hidden(5)
        assert Hidden(5) in (found[met.name], found["All forces"])
    hidden = [{name for name, row in rows(years, at).items() if row[-1] == Hidden(5)} for at in (1, 2)]
    assert hidden[0] == hidden[1]


def test_whoever_does_not_hold_the_records_reads_none_of_their_small_numbers(
    client, made, met, national_officer
):
    national_officer.sign_in(client)
    page = client.get("/figures/national-return/", {"force": met.code}).content.decode()
    assert "not told*" in page
    assert INSIDE_NOTE not in page


def test_the_national_unit_alone_reads_it_and_takes_it_away(
    client, made, years, national_officer, charity_manager, coordinator
):
    for nobody in (coordinator, charity_manager):
        nobody.sign_in(client)
        assert client.get(PAGE).status_code == 403
        assert client.get("/figures/national-return/years.csv").status_code == 403
    national_officer.sign_in(client)
    assert PAGE in client.get("/figures/national-return/").content.decode()
    page = client.get(PAGE).content.decode()
    assert "Individuals by force and year (individuals)" in page
    asked = {"year": years[-1].start.year}
    book = load_workbook(BytesIO(client.get("/figures/national-return/years.xlsx", asked).content))
    lines = list(book["Incidents by force"].iter_rows(values_only=True))
    assert ("All forces", 15) in [(line[0], line[-1]) for line in lines]
    assert client.get("/figures/national-return/years.csv", asked).status_code == 200
    assert client.get("/figures/national-return/years.pdf").status_code == 404
    kinds = (
        AuditEvent.objects.filter(action="national.exported").order_by("pk").values_list("fields", flat=True)
    )
    assert list(kinds) == [["years.xlsx"], ["years.csv"]]
