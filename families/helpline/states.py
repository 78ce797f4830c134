"""The ways of a contact, of its link with an incident, and of a concern."""

from __future__ import annotations

from families.helpline.enums import ConcernStatus, ContactStatus, LinkStatus
from foundation.accounts.enums import HELPLINE, Role
from foundation.states import StateTable, Transition

MANAGER = frozenset({Role.CHARITY_MANAGER})

_C = ContactStatus
CONTACT = StateTable(
    name="helpline.HelplineContact",
    states=tuple(_C.values),
    initial=(_C.UNCLAIMED, _C.CLAIMED),
    transitions=(
        Transition(_C.UNCLAIMED, _C.CLAIMED, HELPLINE, "helpline.claimed"),
        Transition(_C.CLAIMED, _C.UNCLAIMED, HELPLINE, "helpline.put_back"),
        Transition(_C.CLAIMED, _C.CLOSED, HELPLINE, "helpline.closed", reason_required=True),
        Transition(_C.UNCLAIMED, _C.CLOSED, HELPLINE, "helpline.closed", reason_required=True),
        Transition(_C.CLOSED, _C.CLAIMED, HELPLINE, "helpline.reopened"),
    ),
)

_L = LinkStatus
LINK = StateTable(
    name="helpline.ContactLink",
    states=tuple(_L.values),
    initial=(_L.ASKED, _L.LINKED),
    transitions=(
        Transition(_L.ASKED, _L.LINKED, MANAGER, "helpline.link_approved", reason_required=True),
        Transition(_L.ASKED, _L.REFUSED, MANAGER, "helpline.link_refused", reason_required=True),
        Transition(_L.LINKED, _L.ENDED, HELPLINE, "helpline.link_ended", reason_required=True),
    ),
)

_S = ConcernStatus
CONCERN = StateTable(
    name="helpline.Concern",
    states=tuple(_S.values),
    initial=(_S.RAISED,),
    transitions=(
        Transition(_S.RAISED, _S.TAKEN, MANAGER, "helpline.concern_taken"),
        *(
            Transition(source, to, MANAGER, f"helpline.concern_{to.value}", reason_required=True)
            for source in (_S.RAISED, _S.TAKEN)
            for to in (_S.RELEASED, _S.KEPT)
        ),
    ),
)
