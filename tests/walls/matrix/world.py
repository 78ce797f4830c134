"""The world of the walls with the markers in it, made once for all tests of the matrix."""

from __future__ import annotations

from dataclasses import dataclass

from foundation.accounts.enums import OrganisationKind, Role
from tests.cast import member, organisation
from tests.walls.filled import Filled, fill
from tests.walls.matrix import planting
from tests.walls.matrix.more import Cast, add_what_is_missing


@dataclass(frozen=True)
class World:
    """What was made, and where which marker stands."""

    filled: Filled
    marks: dict[str, planting.Mark]


def make() -> World:
    """Make it in the database as it stands; `MEDIA_ROOT` is the caller's to set."""
    met = organisation("metropolitan", OrganisationKind.POLICE_FORCE, "Metropolitan")
    charity = organisation("missing-people", OrganisationKind.CHARITY, "Missing People")
    officer = member("officer@met.example", "Asha Okoro", met, Role.POLICE_OFFICER)
    supervisor = member("supervisor@met.example", "Dilys Probert", met, Role.POLICE_SUPERVISOR)
    caseworker = member("caseworker@charity.example", "Maya Lindqvist", charity, Role.CHARITY_CASEWORKER)
    manager = member("manager@charity.example", "Grace Adeyemi", charity, Role.CHARITY_MANAGER)
    filled = fill(officer, supervisor, caseworker, manager)
    add_what_is_missing(filled, Cast(officer, supervisor, caseworker, manager))
    return World(filled, planting.plant())
