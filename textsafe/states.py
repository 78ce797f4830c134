"""The ways of a request, a conversation, a wording, an unknown text and an escalation."""

from __future__ import annotations

from foundation.accounts.enums import HELPLINE, POLICE, Role
from foundation.states import StateTable, Transition
from textsafe.enums import (
    ConversationStatus,
    EscalationStatus,
    RequestStatus,
    TriageStatus,
    WordingStatus,
)

_SYSTEM = frozenset({Role.SYSTEM})
_MANAGER = frozenset({Role.CHARITY_MANAGER})
_SCREENERS = HELPLINE | _SYSTEM

_R = RequestStatus
# Handed to nobody yet: a stop, the officer or the end of the window can still hold these back.
STOPPABLE = (_R.REQUESTED, _R.APPROVED, _R.QUEUED)
# Handed over, or perhaps handed over: nobody can say "not sent" of these.
IN_THE_AIR = (_R.SENDING, _R.UNKNOWN)


def _ends(source: RequestStatus, *ends: RequestStatus) -> tuple[Transition, ...]:
    return tuple(Transition(source, to, _SYSTEM, f"textsafe.request_{to.value}") for to in ends)


REQUEST = StateTable(
    name="textsafe.Request",
    states=tuple(_R.values),
    initial=(_R.REQUESTED,),
    lock_root="incident",
    transitions=(
        Transition(_R.REQUESTED, _R.APPROVED, _SCREENERS, "textsafe.request_approved"),
        Transition(_R.REQUESTED, _R.REFUSED, HELPLINE, "textsafe.request_refused", reason_required=True),
        Transition(_R.APPROVED, _R.QUEUED, _SCREENERS, "textsafe.request_queued"),
        # What was true when it was approved is true no longer: a person looks again.
        Transition(_R.APPROVED, _R.REQUESTED, _SYSTEM, "textsafe.request_returned"),
        Transition(_R.QUEUED, _R.REQUESTED, _SYSTEM, "textsafe.request_returned"),
        Transition(_R.SENDING, _R.REQUESTED, _SYSTEM, "textsafe.request_returned"),
        # Never accepted within its slot: it waits for the next one.
        Transition(_R.QUEUED, _R.APPROVED, _SYSTEM, "textsafe.request_waits_again"),
        Transition(_R.SENDING, _R.APPROVED, _SYSTEM, "textsafe.request_waits_again"),
        Transition(_R.QUEUED, _R.SENDING, _SYSTEM, "textsafe.request_claimed"),
        *(
            Transition(state, _R.CANCELLED, POLICE | _SYSTEM, "textsafe.request_cancelled")
            for state in STOPPABLE
        ),
        *(row for state in (_R.REQUESTED, _R.APPROVED) for row in _ends(state, _R.EXPIRED)),
        *_ends(_R.QUEUED, _R.SENT, _R.DELIVERED, _R.FAILED, _R.EXPIRED, _R.UNKNOWN, _R.SUPPRESSED),
        *_ends(
            _R.SENDING,
            _R.SENT,
            _R.DELIVERED,
            _R.FAILED,
            _R.EXPIRED,
            _R.UNKNOWN,
            _R.SUPPRESSED,
            _R.CANCELLED,
        ),
        *_ends(_R.SENT, _R.DELIVERED, _R.FAILED, _R.EXPIRED, _R.UNKNOWN),
        # Looked for and not there: it is sent once more, or held back on the way to that.
        *_ends(
            _R.UNKNOWN,
            _R.SENDING,
            _R.SENT,
            _R.DELIVERED,
            _R.FAILED,
            _R.EXPIRED,
            _R.SUPPRESSED,
            _R.CANCELLED,
        ),
        # What the provider proves overtakes what we held for true: a text that went is shown as gone.
        *(
            row
            for state in (_R.REQUESTED, _R.APPROVED, _R.SUPPRESSED, _R.CANCELLED, _R.EXPIRED, _R.FAILED)
            for row in _ends(state, _R.SENT, _R.DELIVERED)
        ),
    ),
)

_C = ConversationStatus
CONVERSATION = StateTable(
    name="textsafe.Conversation",
    states=tuple(_C.values),
    initial=(_C.UNCLAIMED, _C.CLAIMED),
    transitions=(
        Transition(_C.UNCLAIMED, _C.CLAIMED, HELPLINE, "textsafe.conversation_claimed"),
        Transition(_C.CLAIMED, _C.UNCLAIMED, HELPLINE, "textsafe.conversation_put_back"),
        Transition(_C.CLAIMED, _C.WAITING, HELPLINE, "textsafe.conversation_answered"),
        Transition(_C.WAITING, _C.CLAIMED, _SCREENERS, "textsafe.conversation_resumed"),
        # The system closes where they replied STOP: there is nobody left to answer.
        *(
            Transition(state, _C.CLOSED, _SCREENERS, "textsafe.conversation_closed", reason_required=True)
            for state in (_C.UNCLAIMED, _C.CLAIMED, _C.WAITING)
        ),
        Transition(_C.CLOSED, _C.UNCLAIMED, _SYSTEM, "textsafe.conversation_reopened"),
    ),
)

_W = WordingStatus
WORDING = StateTable(
    name="textsafe.Wording",
    states=tuple(_W.values),
    initial=(_W.DRAFT,),
    transitions=(
        Transition(_W.DRAFT, _W.ACTIVE, _MANAGER, "textsafe.wording_approved"),
        Transition(_W.DRAFT, _W.RETIRED, _MANAGER, "textsafe.wording_retired"),
        Transition(_W.ACTIVE, _W.RETIRED, _MANAGER, "textsafe.wording_retired"),
    ),
)

_T = TriageStatus
TRIAGE = StateTable(
    name="textsafe.TriageItem",
    states=tuple(_T.values),
    initial=(_T.NEW,),
    transitions=(
        Transition(_T.NEW, _T.OPENED, HELPLINE, "textsafe.triage_opened"),
        Transition(_T.NEW, _T.SET_ASIDE, HELPLINE, "textsafe.triage_set_aside", reason_required=True),
        Transition(_T.SET_ASIDE, _T.NEW, HELPLINE, "textsafe.triage_taken_up_again"),
    ),
)

_E = EscalationStatus
ESCALATION = StateTable(
    name="textsafe.Escalation",
    states=tuple(_E.values),
    initial=(_E.RAISED,),
    transitions=(
        Transition(_E.RAISED, _E.TAKEN, _MANAGER, "textsafe.escalation_taken"),
        Transition(_E.RAISED, _E.RELEASED, _MANAGER, "textsafe.escalation_released", reason_required=True),
        Transition(_E.TAKEN, _E.RELEASED, _MANAGER, "textsafe.escalation_released", reason_required=True),
        Transition(_E.RAISED, _E.KEPT, _MANAGER, "textsafe.escalation_kept", reason_required=True),
        Transition(_E.TAKEN, _E.KEPT, _MANAGER, "textsafe.escalation_kept", reason_required=True),
    ),
)
