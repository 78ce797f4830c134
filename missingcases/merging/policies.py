"""Who may say that two records are one person's, or two people's."""

from __future__ import annotations

from foundation.access import Refusal, holds_any
from foundation.accounts.enums import SUPERVISORS, Role
from foundation.actors import Actor
from missingcases.merging.models import PersonMerge
from missingcases.models import MissingPerson
from missingcases.policies import may_report

MERGERS = SUPERVISORS | {Role.POLICE_COORDINATOR}
_ROLE = "A supervisor or missing person coordinator merges records."


def may_decide(actor: Actor) -> Refusal | None:
    """Work through the force's likely duplicates."""
    return holds_any(actor, MERGERS, _ROLE)


def may_merge(actor: Actor, kept: MissingPerson, gone: MissingPerson) -> Refusal | None:
    """Merge two records of the actor's own force, neither of them merged already."""
    if (refusal := holds_any(actor, MERGERS, _ROLE)) is not None:
        return refusal
    if kept.pk == gone.pk:
        return Refusal("one_record", "These are one record.")
    if kept.merged_into_id is not None or gone.merged_into_id is not None:
        return Refusal("merged", "One of these records was merged meanwhile. Look at the person again.")
    return None


def may_undo(actor: Actor, merge: PersonMerge) -> Refusal | None:
    """Undo a merge, the latest first."""
    if (refusal := holds_any(actor, MERGERS, _ROLE)) is not None:
        return refusal
    if merge.undone_at is not None:
        return Refusal("undone", "This merge was undone already.")
    if merge.kept.merged_into_id is not None:
        return Refusal("merged_again", "The record was merged into another since. Undo that merge first.")
    if merge.kept.organisation_id != merge.organisation_id:
        return Refusal("handed_over", "The record has gone to another force since, so it cannot be divided.")
    return None


def may_tell_apart(actor: Actor) -> Refusal | None:
    """Say that two records are not the same person: any officer."""
    return may_report(actor)
