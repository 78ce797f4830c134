"""Who holds, who sets periods, who has records anonymised."""

from __future__ import annotations

from foundation.access import Refusal, holds_any
from foundation.accounts.enums import Role
from foundation.actors import Actor
from missingcases.retention.states import PROPOSERS, STARTERS

SETTERS = frozenset({Role.ADMINISTRATOR})
HOLDERS = frozenset({Role.AUDITOR})
READERS = STARTERS | HOLDERS


def may_read(actor: Actor) -> Refusal | None:
    """Look at rules, holds and runs of one's own organisation."""
    return holds_any(actor, READERS, "An auditor or an administrator looks after retention.")


def may_hold(actor: Actor) -> Refusal | None:
    """Place and lift a legal hold."""
    return holds_any(actor, HOLDERS, "An auditor or data protection officer places and lifts a legal hold.")


def may_set(actor: Actor) -> Refusal | None:
    """Say how long a kind of record is kept."""
    return holds_any(actor, SETTERS, "An administrator sets how long records are kept.")


def may_propose(actor: Actor) -> Refusal | None:
    """Propose a run."""
    return holds_any(actor, PROPOSERS, "An auditor or data protection officer proposes a run.")
