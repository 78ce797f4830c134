"""What alerts do when something happened elsewhere."""

from __future__ import annotations

from alerts.events import AlertEnded, AlertPictureRemoved
from alerts.services.ending import end_for_incident
from alerts.services.following import follow_owner
from alerts.services.removing import remove_refused
from foundation.events.types import sets_off
from missingcases.events import IncidentStopped, IncidentTransferred, PhotoRefused


@sets_off(AlertEnded)
def stand_down_for_incident(event: IncidentStopped) -> None:
    """Together: in the commit that says that a child is found, the alert ends and whoever got it is told."""
    end_for_incident(incident_id=event.incident_id, at=event.at, cause=event.cause)


@sets_off(AlertPictureRemoved)
def remove_refused_picture(event: PhotoRefused) -> None:
    """Together: a photo that its record refuses is on no alert from this commit on."""
    remove_refused(event.photo_id)


def follow_transfer(event: IncidentTransferred) -> None:
    """Together: the new owner decides, and the yes of the force before them is set aside."""
    follow_owner(incident_id=event.incident_id, organisation_id=event.to_organisation_id)
