"""The ways of an alert that came in, and of a partner's system."""

from __future__ import annotations

from alerts.cap.enums import ProposalStatus as P
from alerts.cap.enums import TargetStatus as T
from foundation.accounts.enums import POLICE, Role
from foundation.states import StateTable, Transition

LOOKERS = POLICE | {Role.NATIONAL_UNIT}
# The charity runs what partners are told.
KEEPERS = frozenset({Role.CHARITY_MANAGER, Role.ADMINISTRATOR})
_SYSTEM = frozenset({Role.SYSTEM})

PROPOSAL = StateTable(
    name="cap.CapProposal",
    states=tuple(P.values),
    initial=(P.WAITING,),
    transitions=(
        Transition(P.WAITING, P.TAKEN, POLICE, "cap.taken"),
        Transition(P.WAITING, P.DISMISSED, LOOKERS, "cap.dismissed", reason_required=True),
        Transition(P.WAITING, P.WITHDRAWN, _SYSTEM, "cap.withdrawn"),
    ),
)
TARGET = StateTable(
    name="cap.PushTarget",
    states=tuple(T.values),
    initial=(T.ACTIVE,),
    transitions=(
        Transition(T.ACTIVE, T.OFF, KEEPERS, "cap.target_off"),
        Transition(T.OFF, T.ACTIVE, KEEPERS, "cap.target_on"),
        Transition(T.ACTIVE, T.REMOVED, KEEPERS, "cap.target_removed"),
        Transition(T.OFF, T.REMOVED, KEEPERS, "cap.target_removed"),
    ),
)
