"""Who may read the trail."""

from foundation.access import Refusal, holds_any
from foundation.accounts.enums import Role
from foundation.actors import Actor


def may_read_trail(actor: Actor) -> Refusal | None:
    """Auditors only; they see who did what, not the content (domain.md section 8)."""
    return holds_any(
        actor, {Role.AUDITOR}, "Only an auditor or data protection officer may read the audit trail."
    )
