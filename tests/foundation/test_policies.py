"""The two smallest policies: the trail, and the areas that everybody shares."""

import pytest

from foundation.accounts.policies import is_platform_administrator, may_bring_first_administrator
from foundation.audit.policies import may_read_trail
from foundation.places.policies import may_load_areas

pytestmark = pytest.mark.django_db


def test_only_an_auditor_reads_the_trail(auditor, administrator, met_superintendent, caseworker) -> None:
    assert may_read_trail(auditor.actor) is None
    for person in (administrator, met_superintendent, caseworker):
        refusal = may_read_trail(person.actor)
        assert refusal is not None
        assert refusal.code == "role"


def test_the_areas_are_loaded_by_the_platforms_administrator_or_from_the_server(
    administrator, met_administrator, system
) -> None:
    assert is_platform_administrator(administrator.actor)
    assert may_load_areas(administrator.actor) is None
    assert may_load_areas(system) is None
    refusal = may_load_areas(met_administrator.actor)
    assert refusal is not None
    assert refusal.code == "role"


def test_the_charitys_first_administrator_comes_in_from_the_server(system, charity, met) -> None:
    assert may_bring_first_administrator(system, charity) is None
    refusal = may_bring_first_administrator(system, met)
    assert refusal is not None
    assert refusal.code == "role"
