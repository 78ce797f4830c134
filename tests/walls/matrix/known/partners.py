"""What the national system sent is for the force it is about and the unit; partners are the charity's."""

from __future__ import annotations

from foundation.accounts.enums import POLICE, Role
from tests.walls.matrix.knowing import Known, May

_KEEPERS = frozenset({Role.CHARITY_MANAGER, Role.ADMINISTRATOR})

KNOWN_TO: Known = {
    # Of the matrix's one alert that came in, the areas name the Metropolitan force.
    "cap.CapProposal": (May("@metropolitan", POLICE), May("@ukmpu", {Role.NATIONAL_UNIT})),
    "cap.PushTarget": (May("@missing-people", _KEEPERS),),
}
