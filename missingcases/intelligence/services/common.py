"""Taking hold of a report."""

from __future__ import annotations

from foundation.actors import Actor
from foundation.exceptions import NotVisible
from missingcases.intelligence.models import Report
from missingcases.intelligence.selectors import reports_visible_to
from missingcases.services.common import lock_incident


def hold(actor: Actor, reference: str) -> Report:
    """The locked report, under its incident's lock where it has one. Raises `NotVisible`."""
    found = reports_visible_to(actor).filter(reference=reference).values_list("pk", "incident_id").first()
    if found is None:
        raise NotVisible(reference)
    pk, incident_id = found
    if incident_id is not None:
        lock_incident(incident_id)
    rows = Report.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("source", "incident", "force", "release").get(pk=pk)
