"""Those who make the world of the walls."""

from __future__ import annotations

from dataclasses import dataclass

from foundation.accounts.enums import OrganisationKind, Role
from tests.cast import Member, member, organisation


@dataclass(frozen=True)
class Founders:
    """Two of the owner force, two of the charity."""

    officer: Member
    supervisor: Member
    caseworker: Member
    manager: Member


def founders() -> Founders:
    """Made in the database as it stands, under the names by which the cast knows them."""
    met = organisation("metropolitan", OrganisationKind.POLICE_FORCE, "Metropolitan")
    charity = organisation("missing-people", OrganisationKind.CHARITY, "Missing People")
    return Founders(
        member("officer@met.example", "Asha Okoro", met, Role.POLICE_OFFICER),
        member("supervisor@met.example", "Dilys Probert", met, Role.POLICE_SUPERVISOR),
        member("caseworker@charity.example", "Maya Lindqvist", charity, Role.CHARITY_CASEWORKER),
        member("manager@charity.example", "Grace Adeyemi", charity, Role.CHARITY_MANAGER),
    )
