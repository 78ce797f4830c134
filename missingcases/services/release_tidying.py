"""Taking away the sight of an incident that an expired release gave. Called by the clock.

What an expired release says is read no more from its last moment on, by a query (`policies.has_expired`);
here only the audience rows follow.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from missingcases.enums import ReleaseStatus
from missingcases.models import Release
from missingcases.services.common import lock_incident
from missingcases.services.release_telling import follow

BATCH = 200


def tidy_expired() -> int:
    """Bring the audience of incidents in line with releases that have expired; return how many."""
    now = timezone.now()
    rows = Release.objects.filter(
        status=ReleaseStatus.APPROVED, expires_at__lte=now, tidied_at__isnull=True
    ).order_by("expires_at", "pk")
    found = list(rows.values_list("pk", "incident_id")[:BATCH])
    for release_id, incident_id in found:
        _tidy(release_id, incident_id, now)
    return len(found)


@transaction.atomic
def _tidy(release_id: int, incident_id: int | None, now: datetime) -> None:
    if incident_id is not None:
        incident = lock_incident(incident_id)
        release = Release.objects.get(pk=release_id)
        release.incident = incident
        follow(release)
    Release.objects.filter(pk=release_id, tidied_at__isnull=True).update(tidied_at=now)
