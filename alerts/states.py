"""The ways of an alert (domain.md section 5)."""

from __future__ import annotations

from django.conf import settings

from alerts.enums import BEFORE_ISSUE, AlertStatus
from foundation.accounts.enums import POLICE, Role, at_least
from foundation.states import StateTable, Transition

# Who may say yes for a force: superintendents, unless the installation says another rank [40].
AUTHORISERS = at_least(Role(settings.ALERT_AUTHORISING_RANK))
NATIONAL = frozenset({Role.NATIONAL_UNIT})
CHARITY = frozenset({Role.CHARITY_MANAGER})
_SYSTEM = frozenset({Role.SYSTEM})
# Who may write what it says, and by that undo every yes to other words.
REWRITERS = POLICE | CHARITY

_S = AlertStatus
_BEFORE = tuple(state for state in _S if state in BEFORE_ISSUE)

ALERT = StateTable(
    name="alerts.ChildRescueAlert",
    states=tuple(_S.values),
    initial=(_S.PROPOSED,),
    # A rehearsal hangs on no incident: its own row is then the first that is locked.
    lock_root="incident",
    transitions=(
        Transition(_S.PROPOSED, _S.FORCE_AUTHORISED, AUTHORISERS, "alerts.authorised"),
        # The national unit here, or the charity's witness of its agreement by telephone.
        Transition(_S.FORCE_AUTHORISED, _S.NCA_AGREED, NATIONAL | CHARITY, "alerts.agreed"),
        Transition(_S.NCA_AGREED, _S.ISSUED, CHARITY, "alerts.issued"),
        # Other words, or somebody whose yes no longer counts: everybody is asked again.
        *(
            Transition(state, _S.PROPOSED, REWRITERS | _SYSTEM, "alerts.asked_again")
            for state in (_S.FORCE_AUTHORISED, _S.NCA_AGREED)
        ),
        Transition(_S.PROPOSED, _S.DECLINED, AUTHORISERS, "alerts.declined", reason_required=True),
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
