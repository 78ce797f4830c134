"""What missingcases does when something happened elsewhere in it."""

from __future__ import annotations

from django.utils import timezone

from missingcases.enums import OPEN
from missingcases.events import StartsConfirmed
from missingcases.models import Incident
from missingcases.services.reviews import start_clocks


def begin_reviews(event: StartsConfirmed) -> None:
    """An imported open incident was confirmed: its reviews are due from now on.

    One that nobody has graded stands among those to be graded instead.
    """
    incident = Incident.objects.select_for_update(no_key=True).get(pk=event.incident_id)
    if incident.status in OPEN and incident.risk_level:
        start_clocks(incident, graded_at=timezone.now())
