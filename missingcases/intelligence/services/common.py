"""Taking hold of a report."""

from __future__ import annotations

from foundation.actors import Actor
from foundation.exceptions import NotVisible
from missingcases.intelligence.models import Report
from missingcases.intelligence.selectors import reports_visible_to
from missingcases.models import Release
from missingcases.services.common import lock_incident


def hold(actor: Actor, reference: str) -> Report:
    """The locked report, under the locks of its incident and its release. Raises `NotVisible`.

    The release comes before the report: whoever acknowledges the release moves the report after it.
    """
    rows = reports_visible_to(actor).filter(reference=reference)
    found = rows.values_list("pk", "incident_id", "release_id").first()
    if found is None:
        raise NotVisible(reference)
    pk, incident_id, release_id = found
    if incident_id is not None:
        lock_incident(incident_id)
    if release_id is not None:
        Release.objects.select_for_update(no_key=True).values_list("pk").get(pk=release_id)
    held = Report.objects.select_for_update(of=("self",), no_key=True)
    return held.select_related("source", "incident", "force", "release").get(pk=pk)
