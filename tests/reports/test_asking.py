"""Which periods there are, and whose figures somebody may ask for."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from foundation.access import Refused
from foundation.accounts.enums import Role
from foundation.exceptions import NotVisible
from foundation.places.models import Area, AreaKind, AreaParent
from reports import asking, periods
from reports.periods import Period
from reports.scope import Scope
from tests.cast import Member, member

TODAY = date(2026, 11, 29)


def test_a_period_knows_the_one_before_and_the_same_a_year_before() -> None:
    quarter = periods.quarter(2026, 1)
    assert quarter.before() == periods.quarter(2025, 4)
    assert quarter.year_before() == periods.quarter(2025, 1)
    fortnight = Period(date(2026, 3, 1), date(2026, 3, 15))
    assert fortnight.before() == Period(date(2026, 2, 15), date(2026, 3, 1))
    leap = Period(date(2024, 2, 29), date(2024, 3, 1))
    assert leap.year_before() == Period(date(2023, 2, 28), date(2023, 3, 1))
    # The last day is shifted, not the day after it: neither a day is lost nor a period left without one.
    for first, after, then in (
        (date(2024, 2, 1), date(2024, 2, 29), Period(date(2023, 2, 1), date(2023, 3, 1))),
        (date(2024, 2, 28), date(2024, 2, 29), Period(date(2023, 2, 28), date(2023, 3, 1))),
        (date(2025, 2, 1), date(2025, 3, 1), Period(date(2024, 2, 1), date(2024, 3, 1))),
        (date(2025, 2, 20), date(2025, 3, 1), Period(date(2024, 2, 20), date(2024, 2, 29))),
    ):
        assert Period(first, after).year_before() == then
    assert [one.code for one in periods.quarter(2026, 1).months] == ["2026-01", "2026-02", "2026-03"]


def test_a_day_begins_on_the_london_clock() -> None:
    june = periods.month(2026, 6)
    assert june.starts_at == datetime(2026, 5, 31, 23, tzinfo=UTC)
    assert june.ends_at == datetime(2026, 6, 30, 23, tzinfo=UTC)


@pytest.mark.parametrize("code", ["FY2025", "2025", "2025Q3", "2025-11", "2025-04-02..2025-04-14"])
def test_a_code_is_read_as_the_period_that_has_it(code: str) -> None:
    assert periods.parse(code).code == code


@pytest.mark.parametrize(
    "code",
    [
        "FY", "2025Q5", "2025-13", "2025-04-02..2025-04-01", "x", "2025-02-30..2025-03-01", "0000", "FY9999",
        "9999-12", "2025-01-01..9999-12-31",
    ],
)  # fmt: skip
def test_what_is_no_period_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="That is no period"):
        periods.parse(code)


def test_a_period_ends_no_later_than_this_year() -> None:
    assert asking.period_for("FY2026", today=TODAY) == periods.financial_year(2026)
    assert asking.period_for("2026", today=date(2026, 1, 1)) == periods.calendar_year(2026)
    for code in ("2025-01-01..4100-01-01", "2026-11-01..2027-04-01"):
        with pytest.raises(ValueError, match="no later than 31 March 2027"):
            asking.period_for(code, today=TODAY)


def test_a_period_that_has_not_begun_is_not_offered_and_not_taken() -> None:
    codes = [code for code, _ in asking.offered_periods(TODAY)]
    assert codes[0] == "2026-11"
    assert {"FY2026", "2026Q4", "2010"} <= set(codes)
    assert "2026-12" not in codes
    with pytest.raises(ValueError, match="has begun"):
        asking.period_for("FY2027", today=TODAY)
    assert asking.period_for("", today=TODAY) == periods.financial_year(2025)


def test_a_force_asks_for_its_own_and_does_not_learn_of_another(met, kent) -> None:
    coordinator = member("coordinator@met.example", "Col Reyes", met, Role.POLICE_COORDINATOR).actor
    assert asking.scope_for(coordinator) == Scope(met.pk)
    with pytest.raises(NotVisible):
        asking.scope_for(coordinator, force="kent")
    assert asking.forces_for(coordinator) == [met]


def test_the_charity_and_the_national_unit_ask_for_every_force(met, charity) -> None:
    manager = member("manager@charity.example", "Ida Moss", charity, Role.CHARITY_MANAGER).actor
    assert asking.scope_for(manager) == Scope()
    assert asking.scope_for(manager, force="metropolitan") == Scope(met.pk)
    with pytest.raises(NotVisible):
        asking.scope_for(manager, force="no-such-force")


def test_others_ask_for_nothing(met_officer: Member, met_supervisor: Member, caseworker: Member) -> None:
    for nobody in (met_officer, met_supervisor, caseworker):
        with pytest.raises(Refused):
            asking.scope_for(nobody.actor)


def test_an_area_counts_with_what_lies_within_it(db: None) -> None:
    unit = Area.objects.create(kind=AreaKind.COMMAND_UNIT, name="Central X", code="unit-x")
    borough = Area.objects.create(kind=AreaKind.BOROUGH, name="Xborough", code="borough-x")
    AreaParent.objects.create(child=borough, parent=unit)
    assert asking.area_ids(Scope(area_id=unit.pk), on=TODAY) == tuple(sorted((unit.pk, borough.pk)))
    assert asking.area_ids(Scope(), on=TODAY) is None


def test_the_hub_is_for_those_who_read_figures(client: Client, met, met_officer: Member) -> None:
    coordinator = member("coordinator@met.example", "Col Reyes", met, Role.POLICE_COORDINATOR)
    coordinator.sign_in(client)
    assert client.get("/figures/").status_code == 200
    met_officer.sign_in(client)
    assert client.get("/figures/").status_code == 403
