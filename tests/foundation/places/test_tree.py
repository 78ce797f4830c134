"""The tree of areas as it was on a day."""

from __future__ import annotations

from datetime import date

import pytest

from foundation.accounts.models import Organisation, Team
from foundation.places import selectors
from foundation.places.models import Area, AreaKind

pytestmark = pytest.mark.django_db
BEFORE, AFTER = date(2016, 3, 1), date(2026, 3, 1)


def names(areas) -> set[str]:
    return {area.name for area in areas}


def lambeth() -> Area:
    return Area.objects.get(code="E09000022")


def test_a_borough_lay_within_its_own_command_and_lies_within_a_larger_one() -> None:
    above = {"Metropolitan", "London", "England"}
    assert names(selectors.ancestors(lambeth().pk, on=BEFORE)) == above | {"Lambeth borough command"}
    assert names(selectors.ancestors(lambeth().pk, on=AFTER)) == above | {"Central South"}
    unit = selectors.ancestor_of_kind(lambeth().pk, AreaKind.COMMAND_UNIT, on=AFTER)
    assert unit is not None
    assert unit.name == "Central South"
    assert names(selectors.parents(lambeth().pk, on=AFTER)) == {"London", "Central South"}


def test_the_day_of_the_change_belongs_to_the_new() -> None:
    change = date(2018, 7, 1)
    unit = selectors.ancestor_of_kind(lambeth().pk, AreaKind.COMMAND_UNIT, on=change)
    assert unit is not None
    assert unit.name == "Central South"


def test_what_lies_within() -> None:
    met = Area.objects.get(code="force-metropolitan")
    units = selectors.children(met.pk, on=AFTER)
    assert (units.count(), selectors.children(met.pk, on=BEFORE).count()) == (12, 32)
    below = selectors.descendants(met.pk, on=AFTER)
    assert below.filter(kind=AreaKind.BOROUGH).count() == 32
    assert names(selectors.roots(on=AFTER)) == {"England", "Wales", "Scotland", "Northern Ireland"}


def test_the_forces_boroughs_and_bodies_are_there() -> None:
    forces = Organisation.objects.filter(kind="police_force")
    assert forces.count() == 46  # 45 territorial and the British Transport Police
    assert Area.objects.filter(kind=AreaKind.FORCE).count() == 45
    boroughs = Area.objects.filter(kind=AreaKind.BOROUGH)
    assert set(boroughs.values_list("gss_code", flat=True)) == {f"E09{n:06d}" for n in range(1, 34)}
    assert set(Organisation.objects.filter(kind="local_authority").values_list("area", flat=True)) == set(
        boroughs.values_list("pk", flat=True)
    )
    assert Area.objects.get(name="Westminster").gss_code == "E09000033"
    assert Area.objects.get(name="Hackney").gss_code == "E09000012"
    assert Organisation.objects.get(kind="charity").code == "missing-people"


def test_the_mets_teams_are_its_command_units_and_the_old_boroughs_are_closed() -> None:
    teams = Team.objects.filter(organisation__code="metropolitan")
    assert (teams.filter(is_active=True).count(), teams.filter(is_active=False).count()) == (12, 32)
    assert teams.get(code="central-south").area.code == "met-central-south"
    assert not teams.get(code="borough-lambeth").is_active


def test_the_city_has_its_own_force() -> None:
    city = Area.objects.get(code="E09000001")
    assert names(selectors.ancestors(city.pk, on=AFTER)) == {"City of London", "London", "England"}
