"""The ways of a likely pair."""

from foundation.accounts.enums import HELPLINE, POLICE, Role
from foundation.states import StateTable, Transition
from missingcases.matching.models import PairStatus

DECIDERS = POLICE | HELPLINE

LIKELY_PAIR = StateTable(
    name="matching.LikelyPair",
    states=tuple(PairStatus.values),
    initial=(PairStatus.TO_DECIDE,),
    transitions=(
        Transition(PairStatus.TO_DECIDE, PairStatus.PUT_OFF, DECIDERS, "pair.put_off"),
        Transition(PairStatus.PUT_OFF, PairStatus.TO_DECIDE, DECIDERS | {Role.SYSTEM}, "pair.taken_up"),
        Transition(PairStatus.TO_DECIDE, PairStatus.NOT_THE_SAME, DECIDERS, "pair.not_the_same"),
        Transition(PairStatus.PUT_OFF, PairStatus.NOT_THE_SAME, DECIDERS, "pair.not_the_same"),
        Transition(PairStatus.TO_DECIDE, PairStatus.MERGED, DECIDERS, "pair.merged"),
        Transition(PairStatus.PUT_OFF, PairStatus.MERGED, DECIDERS, "pair.merged"),
        # "Not the same" was a mistake: somebody merged them all the same.
        Transition(PairStatus.NOT_THE_SAME, PairStatus.MERGED, DECIDERS, "pair.merged"),
        Transition(PairStatus.MERGED, PairStatus.TO_DECIDE, DECIDERS, "pair.merge_undone"),
    ),
)
