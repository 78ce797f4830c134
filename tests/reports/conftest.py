"""Who reads figures."""

from __future__ import annotations

import pytest

from foundation.accounts.enums import OrganisationKind, Role
from tests.cast import Member, member, organisation


@pytest.fixture
def coordinator(met) -> Member:
    """The Met's coordinator: reads and follows the figures of the Met."""
    return member("coordinator@met.example", "Col Reyes", met, Role.POLICE_COORDINATOR)


@pytest.fixture
def kent_coordinator(kent) -> Member:
    """Another force's."""
    return member("coordinator@kent.example", "Jo Bright", kent, Role.POLICE_COORDINATOR)


@pytest.fixture
def charity_manager(charity) -> Member:
    """The charity's duty manager: reads every force's, small numbers hidden."""
    return member("manager@charity.example", "Ida Moss", charity, Role.CHARITY_MANAGER)


@pytest.fixture
def national_officer(any_database: None) -> Member:
    """The national unit's."""
    unit = organisation("ukmpu", OrganisationKind.NATIONAL_UNIT, "UK Missing Persons Unit")
    return member("officer@ukmpu.example", "Lee Park", unit, Role.NATIONAL_UNIT)
