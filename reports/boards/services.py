"""Noting who read which rows behind a clock, and who took a board away as a file."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.audit import services as audit
from reports.boards.clocks import BY_KEY


@transaction.atomic
def record_listed(*, actor: Actor, clock: str, keys: Iterable[int]) -> None:
    """One entry for a list, with the keys of the records on it."""
    seen = BY_KEY[clock].seen
    if seen is not None:
        audit.record(actor=actor, action="boards.listed", target=seen.model, target_ids=keys, fields=[clock])


@transaction.atomic
def record_exported(*, actor: Actor, what: str) -> None:
    """A board left as a file."""
    audit.record(
        actor=actor,
        action="boards.exported",
        target=Organisation,
        target_id=actor.organisation_id,
        fields=[what],
    )
