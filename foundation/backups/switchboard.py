"""Reading the parts of the switchboard that a restore needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What a provider's list held that we had not: `found`, and those that nobody can place."""

    found: int
    unclear: int


# Does again what a line of the ledger tells; False where this database has no such record.
Reapply = Callable[[Mapping[str, Any]], bool]
# Takes over what was sent since a time. Raises where the provider cannot be asked.
Reconcile = Callable[[datetime, int], Reconciled]


def reapplications() -> dict[str, Reapply]:
    """What each kind of ledger line has to be done again by."""
    found: dict[str, Reapply] = getattr(import_module(settings.SWITCHBOARD), "REAPPLY", {})
    return found


def reconcilers() -> tuple[Reconcile, ...]:
    """Whoever knows, outside this database, what was sent."""
    found: tuple[Reconcile, ...] = getattr(import_module(settings.SWITCHBOARD), "RECONCILE", ())
    return found
