"""A filled product, and for each attacker a person with every role that their organisation can give."""

from __future__ import annotations

import pytest

from foundation.accounts.enums import ROLES_OF_KIND, OrganisationKind, Role
from tests.cast import Member
from tests.walls.filled import whole

POLICE_ROLES = sorted(ROLES_OF_KIND[OrganisationKind.POLICE_FORCE] - {Role.API_CLIENT})
CHARITY_ROLES = sorted(ROLES_OF_KIND[OrganisationKind.CHARITY] - {Role.API_CLIENT})


@pytest.fixture
def everybody_at_kent(kent) -> Member:
    """All of another force in one person."""
    return whole(kent, "kent", *POLICE_ROLES)


@pytest.fixture
def everybody_at_met(met) -> Member:
    """All of the owner force in one person."""
    return whole(met, "met", *POLICE_ROLES)


@pytest.fixture
def everybody_at_charity(charity) -> Member:
    """All of the charity in one person."""
    return whole(charity, "charity", *CHARITY_ROLES)


@pytest.fixture
def everybody_at_croydon(croydon) -> Member:
    """A borough that has nothing to do with it."""
    return whole(croydon, "croydon", *sorted(ROLES_OF_KIND[OrganisationKind.LOCAL_AUTHORITY]))
