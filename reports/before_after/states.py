"""The ways of an analysis: a worker works it out, and whoever may read it asks again where that failed."""

from __future__ import annotations

from foundation.access import Refusal
from foundation.accounts.enums import Role
from foundation.actors import Actor
from foundation.states import StateTable, Transition
from reports.before_after.enums import AnalysisStatus as S
from reports.before_after.models import Analysis
from reports.policies import READERS

_SYSTEM = frozenset({Role.SYSTEM})


def own(analysis: Analysis, actor: Actor) -> Refusal | None:
    """Whose people asked, ask again."""
    if actor.organisation_id == analysis.organisation_id:
        return None
    return Refusal("other_organisation", "Whoever asked this asks again.")


ANALYSIS = StateTable(
    name="before_after.Analysis",
    states=tuple(S.values),
    initial=(S.WAITING,),
    transitions=(
        Transition(S.WAITING, S.RUNNING, _SYSTEM, "before_after.begun"),
        Transition(S.RUNNING, S.DONE, _SYSTEM, "before_after.analysed"),
        Transition(S.WAITING, S.FAILED, _SYSTEM, "before_after.failed"),
        Transition(S.RUNNING, S.FAILED, _SYSTEM, "before_after.failed"),
        Transition(S.FAILED, S.WAITING, READERS, "before_after.asked_again", own),
    ),
)
