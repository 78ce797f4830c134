"""The ways of an alert (domain.md section 5)."""

from __future__ import annotations

from typing import Any

from alerts.enums import BEFORE_ISSUE, AlertStatus
from alerts.ranks import authorisers, offered
from foundation.access import Refusal
from foundation.accounts.enums import POLICE, Role, words_for
from foundation.actors import Actor
from foundation.states import StateTable, Transition

# Whoever may say yes for some force; for which rank an alert asks stands on its row [40].
AUTHORISERS = authorisers(offered()[0])
NATIONAL = frozenset({Role.NATIONAL_UNIT})
CHARITY = frozenset({Role.CHARITY_MANAGER})
# Who may hear and witness an agreement by telephone, so that two duty managers are enough for a night.
WITNESSES = CHARITY | {Role.CHARITY_CASEWORKER}
_SYSTEM = frozenset({Role.SYSTEM})
# Who may write what it says, and by that undo every yes to other words.
REWRITERS = POLICE | CHARITY

_S = AlertStatus


def is_high_enough(row: Any, actor: Actor) -> Refusal | None:
    """The rank that the alert asks for; a guard of the table."""
    roles = authorisers(row.authorising_rank)
    return None if actor.holds(roles) else Refusal("role", f"This is for a {words_for(roles)}.")


_BEFORE = tuple(state for state in _S if state in BEFORE_ISSUE)

ALERT = StateTable(
    name="alerts.ChildRescueAlert",
    states=tuple(_S.values),
    initial=(_S.PROPOSED,),
    # A rehearsal hangs on no incident: its own row is then the first that is locked.
    lock_root="incident",
    transitions=(
        Transition(_S.PROPOSED, _S.FORCE_AUTHORISED, AUTHORISERS, "alerts.authorised", guard=is_high_enough),
        # The national unit here, or the charity's witness of its agreement by telephone.
        Transition(_S.FORCE_AUTHORISED, _S.NCA_AGREED, NATIONAL | WITNESSES, "alerts.agreed"),
        Transition(_S.NCA_AGREED, _S.ISSUED, CHARITY, "alerts.issued"),
        # Other words, or somebody whose yes no longer counts: everybody is asked again.
        *(
            Transition(state, _S.PROPOSED, REWRITERS | _SYSTEM, "alerts.asked_again")
            for state in (_S.FORCE_AUTHORISED, _S.NCA_AGREED)
        ),
        Transition(
            _S.PROPOSED,
            _S.DECLINED,
            AUTHORISERS,
            "alerts.declined",
            guard=is_high_enough,
            reason_required=True,
        ),
        Transition(
            _S.FORCE_AUTHORISED, _S.DECLINED, NATIONAL | CHARITY, "alerts.declined", reason_required=True
        ),
        Transition(_S.NCA_AGREED, _S.DECLINED, CHARITY, "alerts.declined", reason_required=True),
        # Whoever sees the harm ends it; a child who is found ends it by itself.
        *(
            Transition(state, _S.CANCELLED, POLICE | CHARITY | _SYSTEM, "alerts.cancelled")
            for state in (*_BEFORE, _S.ISSUED)
        ),
        Transition(_S.ISSUED, _S.EXPIRED, _SYSTEM, "alerts.expired"),
    ),
)
