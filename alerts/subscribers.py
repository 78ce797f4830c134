"""What alerts do when something happened elsewhere."""

from __future__ import annotations

from alerts.events import AlertEnded
from alerts.services.ending import end_for_incident
from foundation.events.types import sets_off
from missingcases.events import IncidentStopped


@sets_off(AlertEnded)
def stand_down_for_incident(event: IncidentStopped) -> None:
    """Together: in the commit that says that a child is found, the alert ends and whoever got it is told."""
    end_for_incident(incident_id=event.incident_id, at=event.at, cause=event.cause)
