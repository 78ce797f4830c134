"""The ways of a visit, the same for every service that has some."""

from __future__ import annotations

from foundation.accounts.enums import Role
from foundation.states import StateTable, Transition
from foundation.visits.enums import VisitStatus

_V = VisitStatus


def visit_table(
    name: str, *, prefix: str, lock_root: str, workers: frozenset[Role], managers: frozenset[Role]
) -> StateTable:
    """The table of a service's visits: its workers go, its managers say what became of one not heard of."""
    settled = (_V.PLANNED, _V.UNDER_WAY, _V.ENDED)
    return StateTable(
        name=name,
        states=tuple(_V.values),
        initial=(_V.PLANNED,),
        lock_root=lock_root,
        transitions=(
            Transition(_V.PLANNED, _V.UNDER_WAY, workers, f"{prefix}.visit_begun"),
            Transition(_V.PLANNED, _V.CANCELLED, workers, f"{prefix}.visit_cancelled", reason_required=True),
            Transition(_V.UNDER_WAY, _V.ENDED, workers, f"{prefix}.visit_ended"),
            # Nobody heard of the worker: a manager found out and says what was done.
            *(Transition(one, _V.RESOLVED, managers, f"{prefix}.visit_resolved") for one in settled),
        ),
    )
