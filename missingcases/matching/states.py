"""The ways of a likely pair."""

from foundation.accounts.enums import POLICE, Role
from foundation.states import StateTable, Transition
from missingcases.matching.models import PairStatus

DECIDERS = POLICE | {Role.CHARITY_CASEWORKER, Role.CHARITY_MANAGER}

LIKELY_PAIR = StateTable(
    name="matching.LikelyPair",
    states=tuple(PairStatus.values),
    initial=(PairStatus.TO_DECIDE,),
    transitions=(
        Transition(PairStatus.TO_DECIDE, PairStatus.NOT_THE_SAME, DECIDERS, "pair.not_the_same"),
        Transition(PairStatus.TO_DECIDE, PairStatus.MERGED, DECIDERS, "pair.merged"),
        Transition(PairStatus.MERGED, PairStatus.TO_DECIDE, DECIDERS, "pair.merge_undone"),
    ),
)
