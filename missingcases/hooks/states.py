"""The ways of an address."""

from foundation.accounts.enums import Role
from foundation.states import StateTable, Transition
from missingcases.hooks.enums import EndpointStatus as S

_ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})

ENDPOINT = StateTable(
    name="hooks.Endpoint",
    states=tuple(S.values),
    initial=(S.ACTIVE,),
    transitions=(
        Transition(S.ACTIVE, S.OFF, _ADMINISTRATOR, "webhook.turned_off"),
        Transition(S.ACTIVE, S.STOPPED, frozenset({Role.SYSTEM}), "webhook.stopped"),
        Transition(S.OFF, S.ACTIVE, _ADMINISTRATOR, "webhook.turned_on"),
        Transition(S.STOPPED, S.ACTIVE, _ADMINISTRATOR, "webhook.turned_on"),
        Transition(S.ACTIVE, S.REMOVED, _ADMINISTRATOR, "webhook.removed"),
        Transition(S.OFF, S.REMOVED, _ADMINISTRATOR, "webhook.removed"),
        Transition(S.STOPPED, S.REMOVED, _ADMINISTRATOR, "webhook.removed"),
    ),
)
