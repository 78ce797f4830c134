"""Who reads figures, and of whom (domain.md sections 8 and 9)."""

from __future__ import annotations

from foundation.access import Refusal, holds_any
from foundation.accounts.enums import INSPECTORS, OrganisationKind, Role
from foundation.actors import Actor
from reports.scope import Scope

OF_A_FORCE = INSPECTORS | {Role.POLICE_COORDINATOR}
NATIONAL = frozenset({Role.NATIONAL_UNIT})
OF_THE_CHARITY = frozenset({Role.CHARITY_MANAGER})
READERS = OF_A_FORCE | NATIONAL | OF_THE_CHARITY
_WORDS = (
    "A force's coordinator and its inspectors and above read figures of their own force; the national unit "
    "and the charity's duty managers read those of every force, added up."
)
_OTHER_FORCE = Refusal("force", "A force reads its own figures.")
_ROLES = {
    OrganisationKind.POLICE_FORCE: OF_A_FORCE,
    OrganisationKind.NATIONAL_UNIT: NATIONAL,
    OrganisationKind.CHARITY: OF_THE_CHARITY,
}


def may_read_figures(actor: Actor) -> Refusal | None:
    """Open any page of figures at all."""
    if actor.user_id is None or actor.organisation_kind not in _ROLES:
        return Refusal("role", _WORDS)
    return holds_any(actor, _ROLES[actor.organisation_kind], _WORDS)


def may_read_figures_of(actor: Actor, scope: Scope) -> Refusal | None:
    """Read the figures of `scope`: a force those of itself and of areas of its own incidents."""
    refusal = may_read_figures(actor)
    if refusal is None and actor.organisation_kind == OrganisationKind.POLICE_FORCE:
        return None if scope.force_id == actor.organisation_id else _OTHER_FORCE
    return refusal


def sees_small_numbers(actor: Actor, scope: Scope) -> bool:
    """Whether counts of police records are told however small: to the force that holds the records."""
    return (
        actor.organisation_kind == OrganisationKind.POLICE_FORCE and scope.force_id == actor.organisation_id
    )


def may_drill_down(actor: Actor, scope: Scope) -> Refusal | None:
    """Go from a figure to its records: a force alone, to its own. Others read figures added up."""
    if sees_small_numbers(actor, scope):
        return may_read_figures(actor)
    return Refusal("aggregated", "These figures are read added up. Only a force goes on to its own records.")
