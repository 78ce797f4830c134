"""Noting who read the incidents that ended gravely, and who took the review away as a file."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.audit import services as audit
from missingcases.models import Incident


@transaction.atomic
def record_listed(*, actor: Actor, incident_ids: Iterable[int]) -> None:
    """One entry for the list."""
    fields = ["outcome", "harm", "assessments"]
    audit.record(
        actor=actor, action="learning.listed", target=Incident, target_ids=incident_ids, fields=fields
    )


@transaction.atomic
def record_exported(*, actor: Actor) -> None:
    """The review left as a file."""
    audit.record(
        actor=actor, action="learning.exported", target=Organisation, target_id=actor.organisation_id
    )
