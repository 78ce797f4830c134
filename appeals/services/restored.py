"""After a restore: appeals that had been withdrawn are withdrawn again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from appeals.enums import WithdrawCause
from appeals.models import Appeal
from appeals.services.common import hold
from appeals.services.withdrawing import withdraw_held
from foundation.actors import Actor

RESTORER = Actor.system("appeals.restored")


def withdraw_again(ids: Mapping[str, Any]) -> bool:
    """An appeal had been withdrawn, whatever for."""
    if not Appeal.objects.filter(pk=ids["appeal_id"]).exists():
        return False
    _, appeal = hold(RESTORER, ids["appeal_id"])
    if appeal.is_running:
        withdraw_held(RESTORER, appeal, cause=WithdrawCause.STAFF, reason="Withdrawn again after a restore.")
    return True
