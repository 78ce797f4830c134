"""The ways of a referral and of a visit (domain.md section 6)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from foundation.access import Refusal
from foundation.accounts.enums import Role
from foundation.actors import Actor
from foundation.states import Guard, StateTable, Transition
from foundation.visits.states import visit_table
from missingcases.enums import Outcome
from rhi.enums import ReferralStatus

# Who share out a provider's referrals: the charity's duty managers, or an authority that interviews itself.
ALLOCATORS = frozenset({Role.CHARITY_MANAGER, Role.LOCAL_AUTHORITY})
WORKERS = ALLOCATORS | {Role.RHI_INTERVIEWER}
# Whoever may learn of an action after an interview: never the police.
OUTCOME_READERS = WORKERS
_SYSTEM = frozenset({Role.SYSTEM})

_S = ReferralStatus
_NO_INTERVIEW = (_S.DECLINED, _S.DECLINED_BUT_TALKED, _S.CARER_ONLY, _S.UNABLE)
_BEFORE_IT = (_S.REFERRED, _S.ALLOCATED, _S.OFFERED, _S.ACCEPTED)


def _child_lives(referral: Any, actor: Actor) -> Refusal | None:
    """Nothing is offered once the outcome says that the child has died."""
    if referral.incident.outcome == Outcome.LOCATED_DECEASED:
        return Refusal("deceased", "The child has died. Nothing is offered.")
    return None


def _ways(
    sources: Iterable[ReferralStatus],
    to: ReferralStatus,
    who: frozenset[Role],
    *,
    reason: bool = False,
    guard: Guard | None = None,
) -> tuple[Transition, ...]:
    return tuple(
        Transition(source, to, who, f"rhi.{to.value}", guard=guard, reason_required=reason)
        for source in sources
    )


REFERRAL = StateTable(
    name="rhi.Referral",
    states=tuple(_S.values),
    initial=(_S.REFERRED,),
    lock_root="incident",
    transitions=(
        *_ways((_S.REFERRED,), _S.ALLOCATED, ALLOCATORS, guard=_child_lives),
        # By whoever shares them out, or by an interviewer who knows the child.
        Transition(_S.ALLOCATED, _S.REFERRED, WORKERS, "rhi.put_back", reason_required=True),
        # Offered once more: somebody who said no may be asked again.
        *_ways((_S.ALLOCATED, *_NO_INTERVIEW), _S.OFFERED, WORKERS, guard=_child_lives),
        *_ways((_S.OFFERED, *_NO_INTERVIEW), _S.ACCEPTED, WORKERS, guard=_child_lives),
        *_ways((_S.OFFERED, _S.ACCEPTED), _S.DECLINED, WORKERS),
        *_ways((_S.OFFERED, _S.ACCEPTED, _S.DECLINED), _S.DECLINED_BUT_TALKED, WORKERS),
        *_ways((_S.OFFERED, _S.ACCEPTED, _S.DECLINED), _S.CARER_ONLY, WORKERS),
        *_ways((_S.REFERRED, _S.ALLOCATED, _S.OFFERED, _S.ACCEPTED), _S.UNABLE, WORKERS, reason=True),
        *_ways((_S.ACCEPTED,), _S.COMPLETED, WORKERS),
        *_ways((_S.COMPLETED, *_NO_INTERVIEW), _S.REPORTED, WORKERS),
        *_ways((_S.REPORTED,), _S.CLOSED, ALLOCATORS),
        *_ways(_BEFORE_IT, _S.MISSING_AGAIN, WORKERS | _SYSTEM),
        *_ways((*_BEFORE_IT, *_NO_INTERVIEW), _S.WITHDRAWN, ALLOCATORS | _SYSTEM, reason=True),
        *_ways((*_BEFORE_IT, *_NO_INTERVIEW, _S.COMPLETED), _S.DECEASED, ALLOCATORS | _SYSTEM),
    ),
)

VISIT = visit_table(
    "rhi.Visit", prefix="rhi", lock_root="referral.incident", workers=WORKERS, managers=ALLOCATORS
)
