"""Who may ask who has seen or been told what."""

from __future__ import annotations

from foundation.access import Refusal, holds_any
from foundation.accounts.enums import INSPECTORS, Role
from foundation.actors import Actor

MANAGERS = INSPECTORS | {Role.CHARITY_MANAGER}
ASKERS = MANAGERS | {Role.AUDITOR}
LOGGERS = frozenset({Role.AUDITOR})


def may_export_log(actor: Actor) -> Refusal | None:
    """The data-protection role alone."""
    return holds_any(actor, LOGGERS, "An auditor or data protection officer exports the disclosure log.")
