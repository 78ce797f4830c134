"""The ways of a subscription and of a partner's list."""

from __future__ import annotations

from alerts.audience.enums import ImportStatus as L
from alerts.audience.enums import SubscriptionStatus as S
from foundation.accounts.enums import Role
from foundation.states import StateTable, Transition

_SYSTEM = frozenset({Role.SYSTEM})
# They look after the audience; both are asked in person (policies.may_manage).
KEEPERS = frozenset({Role.CHARITY_MANAGER, Role.ADMINISTRATOR})
_EITHER = KEEPERS | _SYSTEM

SUBSCRIPTION = StateTable(
    name="audience.Subscription",
    states=tuple(S.values),
    initial=(S.ACTIVE, S.PAUSED),
    transitions=(
        Transition(S.ACTIVE, S.PAUSED, _SYSTEM, "subscriber.paused"),
        Transition(S.PAUSED, S.ACTIVE, _SYSTEM, "subscriber.went_on"),
        Transition(S.ACTIVE, S.LEFT, _EITHER, "subscriber.left"),
        Transition(S.PAUSED, S.LEFT, _EITHER, "subscriber.left"),
    ),
)
LIST_IMPORT = StateTable(
    name="audience.ListImport",
    states=tuple(L.values),
    initial=(L.WAITING,),
    transitions=(
        Transition(L.WAITING, L.CHECKING, _SYSTEM, "audience_list.checking"),
        Transition(L.WAITING, L.FAILED, _SYSTEM, "audience_list.failed"),
        Transition(L.CHECKING, L.CHECKED, _SYSTEM, "audience_list.checked"),
        Transition(L.CHECKING, L.FAILED, _SYSTEM, "audience_list.failed"),
        Transition(L.CHECKED, L.ADDING, KEEPERS, "audience_list.confirmed"),
        Transition(L.CHECKED, L.DROPPED, _EITHER, "audience_list.dropped"),
        Transition(L.ADDING, L.DONE, _SYSTEM, "audience_list.added"),
        Transition(L.ADDING, L.FAILED, _SYSTEM, "audience_list.failed"),
    ),
)
