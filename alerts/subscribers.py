"""What alerts do when something happened elsewhere."""

from __future__ import annotations

from alerts.events import AlertEnded
from alerts.services.ending import end_for_incident
from alerts.services.following import follow_owner
from foundation.events.types import sets_off
from missingcases.events import IncidentStopped, IncidentTransferred


@sets_off(AlertEnded)
def stand_down_for_incident(event: IncidentStopped) -> None:
    """Together: in the commit that says that a child is found, the alert ends and whoever got it is told."""
    end_for_incident(incident_id=event.incident_id, at=event.at, cause=event.cause)


def follow_transfer(event: IncidentTransferred) -> None:
    """Together: the new owner decides, and the yes of the force before them is set aside."""
    follow_owner(incident_id=event.incident_id, organisation_id=event.to_organisation_id)
