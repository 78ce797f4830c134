"""Who told the police: added or corrected after the report."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from missingcases.models import Reporter
from missingcases.policies import may_edit
from missingcases.services.common import apply, for_writing, refuse

_FIELDS = frozenset({"name", "relation", "agency", "role", "telephone", "email"})


@transaction.atomic
def edit_reporter(*, actor: Actor, incident_id: int, version: int, changes: Mapping[str, str]) -> Reporter:
    """Correct the reporter. `version` 0 means that nobody had been recorded.

    Raises `Conflict`, `Invalid`, `Refused`, `NotVisible`.
    """
    incident = for_writing(actor, incident_id)
    require(may_edit(actor, incident))
    refuse({name: "There is no such field." for name in changes if name not in _FIELDS})
    row = Reporter.objects.select_for_update(no_key=True).filter(incident=incident).first()
    if row is None:
        row = Reporter.objects.create(incident=incident, version=version)
    changed = apply(row, version=version, changes=changes)
    if changed:
        audit.record(
            actor=actor, action="reporter.edited", target=row, incident_id=incident.pk, fields=changed
        )
    return row
