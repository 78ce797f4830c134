"""The ways of a support case, a task, a follow-up, a referral to a counsellor and a visit."""

from __future__ import annotations

from families.enums import CaseStatus, CounsellingStatus, FollowUpStatus, TaskStatus
from foundation.accounts.enums import HELPLINE, Role
from foundation.states import StateTable, Transition
from foundation.visits.states import visit_table

# Whoever works with families: the support workers, and the helpline that takes their calls at night.
WORKERS = HELPLINE | {Role.FAMILY_SUPPORT}
_SYSTEM = frozenset({Role.SYSTEM})

_C = CaseStatus
CASE = StateTable(
    name="families.SupportCase",
    states=tuple(_C.values),
    initial=(_C.OPEN,),
    transitions=(
        Transition(_C.OPEN, _C.AFTERCARE, WORKERS | _SYSTEM, "families.aftercare_begun"),
        Transition(_C.AFTERCARE, _C.OPEN, WORKERS | _SYSTEM, "families.case_resumed"),
        Transition(_C.OPEN, _C.CLOSED, WORKERS, "families.case_closed", reason_required=True),
        Transition(_C.AFTERCARE, _C.CLOSED, WORKERS, "families.case_closed", reason_required=True),
        Transition(_C.CLOSED, _C.OPEN, WORKERS, "families.case_reopened", reason_required=True),
    ),
)

_T = TaskStatus
TASK = StateTable(
    name="families.SupportTask",
    states=tuple(_T.values),
    initial=(_T.OPEN,),
    transitions=(
        Transition(_T.OPEN, _T.DONE, WORKERS, "families.task_done"),
        Transition(_T.OPEN, _T.DROPPED, WORKERS | _SYSTEM, "families.task_dropped", reason_required=True),
    ),
)

_F = FollowUpStatus
FOLLOW_UP = StateTable(
    name="families.FollowUp",
    states=tuple(_F.values),
    initial=(_F.PLANNED,),
    transitions=(
        Transition(_F.PLANNED, _F.DONE, WORKERS, "families.follow_up_done"),
        Transition(_F.PLANNED, _F.PAUSED, WORKERS | _SYSTEM, "families.follow_ups_paused"),
        Transition(_F.PAUSED, _F.PLANNED, WORKERS | _SYSTEM, "families.follow_ups_resumed"),
        *(
            Transition(source, _F.STOPPED, WORKERS | _SYSTEM, "families.follow_ups_stopped")
            for source in (_F.PLANNED, _F.PAUSED)
        ),
    ),
)

_R = CounsellingStatus
_ENDS = (_R.COMPLETED, _R.ENDED)
COUNSELLING = StateTable(
    name="families.CounsellingReferral",
    states=tuple(_R.values),
    initial=(_R.REFERRED,),
    transitions=(
        *(
            Transition(_R.REFERRED, to, WORKERS, f"families.counselling_{to.value}")
            for to in (_R.ACCEPTED, _R.WAITING_LIST, _R.DECLINED, _R.ENDED)
        ),
        *(
            Transition(_R.WAITING_LIST, to, WORKERS, f"families.counselling_{to.value}")
            for to in (_R.ACCEPTED, _R.DECLINED, _R.ENDED)
        ),
        *(Transition(_R.ACCEPTED, to, WORKERS, f"families.counselling_{to.value}") for to in _ENDS),
    ),
)

MANAGERS = frozenset({Role.CHARITY_MANAGER})
VISIT = visit_table("families.Visit", prefix="families", lock_root="case", workers=WORKERS, managers=MANAGERS)
