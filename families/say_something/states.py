"""The ways of an account."""

from __future__ import annotations

from families.say_something.enums import AccountStatus as S
from foundation.accounts.enums import HELPLINE
from foundation.states import StateTable, Transition

ACCOUNT = StateTable(
    name="say_something.Account",
    states=tuple(S.values),
    initial=(S.NEW,),
    transitions=(
        Transition(S.NEW, S.RAISED, HELPLINE, "say_something.raised"),
        Transition(S.NEW, S.SET_ASIDE, HELPLINE, "say_something.set_aside", reason_required=True),
        Transition(S.SET_ASIDE, S.NEW, HELPLINE, "say_something.taken_up_again"),
    ),
)
