"""The ways of an owed delivery."""

from foundation.accounts.enums import Role
from foundation.events.models import OwedStatus
from foundation.states import StateTable, Transition

_SYSTEM = frozenset({Role.SYSTEM})
_STAFF = frozenset({Role.ADMINISTRATOR})

OWED = StateTable(
    name="events.Owed",
    states=tuple(OwedStatus.values),
    initial=(OwedStatus.OWED,),
    transitions=(
        Transition(OwedStatus.OWED, OwedStatus.DONE, _SYSTEM, "owed.delivered"),
        Transition(OwedStatus.OWED, OwedStatus.STUCK, _SYSTEM, "owed.stuck"),
        Transition(OwedStatus.STUCK, OwedStatus.OWED, _STAFF, "owed.tried_again"),
    ),
)
