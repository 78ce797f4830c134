"""The ways of a referral to a partner (Issue 7): not complete until accepted, returned if nobody answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from foundation.access import Refusal
from foundation.accounts.enums import HELPLINE, INSPECTORS, Role
from foundation.actors import Actor
from foundation.states import Guard, StateTable, Transition
from missingcases.enums import FOUND, Outcome
from partners.enums import SEARCHES, ReferralStatus

# A force's coordinator, and whoever speaks with families or those who write to the charity.
SENDERS: frozenset[Role] = HELPLINE | {Role.POLICE_COORDINATOR, Role.FAMILY_SUPPORT}
# A force's inspectors look on: what is late is told to them.
READERS: frozenset[Role] = SENDERS | INSPECTORS
PARTNER: frozenset[Role] = frozenset({Role.PARTNER_WORKER, Role.API_CLIENT})
_SYSTEM = frozenset({Role.SYSTEM})
_S = ReferralStatus
# The codes of what stops a referral by itself.
STOPS: frozenset[str] = frozenset({"deceased", "not_missing"})


def still_needed(referral: Any, actor: Actor) -> Refusal | None:
    """Nobody is looked for who was found, and nothing is offered to the dead."""
    incident = referral.incident
    if incident.outcome == Outcome.LOCATED_DECEASED:
        return Refusal("deceased", "The person has died.")
    if referral.takes in SEARCHES and (incident.status in FOUND or not incident.is_open):
        return Refusal("not_missing", "The person is no longer missing.")
    return None


def _ways(
    sources: Iterable[ReferralStatus],
    to: ReferralStatus,
    who: frozenset[Role],
    *,
    action: str = "",
    reason: bool = False,
    guard: Guard | None = None,
) -> tuple[Transition, ...]:
    named = f"partners.{action or to.value}"
    return tuple(
        Transition(source, to, who, named, guard=guard, reason_required=reason) for source in sources
    )


REFERRAL = StateTable(
    name="partners.Referral",
    states=tuple(_S.values),
    initial=(_S.DRAFT,),
    lock_root="incident",
    transitions=(
        *_ways((_S.DRAFT,), _S.SENT, SENDERS, guard=still_needed),
        *_ways((_S.SENT,), _S.ACCEPTED, PARTNER, guard=still_needed),
        *_ways((_S.SENT,), _S.REJECTED, PARTNER, reason=True),
        *_ways((_S.ACCEPTED,), _S.IN_PROGRESS, PARTNER),
        *_ways((_S.ACCEPTED, _S.IN_PROGRESS), _S.COMPLETED, PARTNER, reason=True),
        # Unanswered, by the clock; or a partner that accepted cannot go on.
        *_ways((_S.SENT,), _S.RETURNED, _SYSTEM, reason=True),
        # Or it had ended, and a restore brought it back: how it ended is lost.
        *_ways(
            (_S.ACCEPTED, _S.IN_PROGRESS),
            _S.RETURNED,
            PARTNER | _SYSTEM,
            action="given_back",
            reason=True,
        ),
        *_ways(
            (_S.DRAFT, _S.SENT, _S.ACCEPTED, _S.IN_PROGRESS),
            _S.WITHDRAWN,
            SENDERS | _SYSTEM,
            reason=True,
        ),
    ),
)
