"""The ways of a run."""

from __future__ import annotations

from foundation.access import Refusal
from foundation.accounts.enums import Role
from foundation.actors import Actor
from foundation.states import StateTable, Transition
from missingcases.retention.enums import RunStatus as S
from missingcases.retention.models import Run

PROPOSERS = frozenset({Role.AUDITOR})
STARTERS = frozenset({Role.AUDITOR, Role.ADMINISTRATOR})
_OTHER = Refusal("other_organisation", "This is for the organisation whose records they are.")


def own(run: Run, actor: Actor) -> Refusal | None:
    """Of one's own organisation."""
    return None if actor.organisation_id == run.organisation_id else _OTHER


def may_be_started(run: Run, actor: Actor) -> Refusal | None:
    """By somebody else than proposed it."""
    if actor.user_id == run.proposed_by_id:
        return Refusal("own_proposal", "You proposed this. Somebody else starts it.")
    return own(run, actor)


RUN = StateTable(
    name="retention.Run",
    states=tuple(S.values),
    initial=(S.PROPOSED,),
    transitions=(
        Transition(S.PROPOSED, S.RUNNING, STARTERS, "retention.started", may_be_started),
        Transition(S.PROPOSED, S.WITHDRAWN, STARTERS, "retention.withdrawn", own),
        Transition(S.RUNNING, S.DONE, frozenset({Role.SYSTEM}), "retention.done"),
    ),
)
