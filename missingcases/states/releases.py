"""The ways of a release: written, agreed to where its kind asks for that, taken back."""

from __future__ import annotations

from typing import Any

from foundation.access import Refusal
from foundation.accounts.enums import POLICE, Role
from foundation.actors import Actor
from foundation.states import StateTable, Transition, wrong_role
from missingcases.enums import ReleaseStatus
from missingcases.release_rules import CONFIDANTS, RULES

_SYSTEM = frozenset({Role.SYSTEM})
_ALWAYS = _SYSTEM | {Role.CHARITY_MANAGER}


def decider(row: Any, actor: Actor) -> Refusal | None:
    """One of the releasing organisation, as the rules of the kind say (`release_rules.RULES`)."""
    rule = RULES[row.kind]
    # After a restore our own machinery takes back again what had been taken back; it approves nothing
    # that a second person is asked for.
    taken_back_again = actor.is_system and row.status == ReleaseStatus.APPROVED
    if rule.approvers and not taken_back_again:
        if not actor.holds(rule.approvers):
            return Refusal("role", "A duty manager decides on breaking confidence.")
        if actor.user_id == row.author_id:
            return Refusal("same_person", "Somebody other than the author must approve this.")
    elif not actor.holds(rule.writers | _ALWAYS):
        return wrong_role(rule.writers | _ALWAYS)
    if actor.is_system or actor.organisation_id == row.from_organisation_id:
        return None
    return Refusal("not_owner", "Only the releasing organisation decides.")


DECIDERS = POLICE | CONFIDANTS | _ALWAYS
RELEASE = StateTable(
    name="missingcases.Release",
    states=tuple(ReleaseStatus.values),
    initial=(ReleaseStatus.DRAFT,),
    lock_root="incident",
    transitions=(
        # A service that a system of the force asks for takes its own release.
        Transition(
            ReleaseStatus.DRAFT,
            ReleaseStatus.APPROVED,
            DECIDERS | {Role.API_CLIENT},
            "release.approved",
            guard=decider,
        ),
        Transition(
            ReleaseStatus.DRAFT,
            ReleaseStatus.REFUSED,
            DECIDERS,
            "release.refused",
            guard=decider,
            reason_required=True,
        ),
        Transition(
            ReleaseStatus.APPROVED,
            ReleaseStatus.REVOKED,
            DECIDERS,
            "release.revoked",
            guard=decider,
            reason_required=True,
        ),
    ),
)
