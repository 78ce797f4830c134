"""What figures are reckoned with, and by what the words beside them were said."""

from __future__ import annotations

from foundation.accounts.enums import Role
from reports.policies import NATIONAL, OF_A_FORCE, OF_THE_CHARITY
from tests.walls.matrix.knowing import Known, May

_ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})

KNOWN_TO: Known = {
    # The source of a sum stands beside it, for everybody who may read figures of the force.
    "supported.IncidentCost": (
        May("@metropolitan", OF_A_FORCE | _ADMINISTRATOR),
        May("@ukmpu", NATIONAL),
        May("@missing-people", OF_THE_CHARITY),
    ),
    "national.CallsTaken": (May("@metropolitan", OF_A_FORCE), May("@ukmpu", NATIONAL)),
}
