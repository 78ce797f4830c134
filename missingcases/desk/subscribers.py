"""What the duty desk does when something happens to an incident, in the same transaction."""

from __future__ import annotations

from django.utils import timezone

from missingcases import events
from missingcases.desk import services
from missingcases.desk.models import Cause


def call_for_reported(event: events.IncidentReported) -> None:
    """A new incident calls its force. The clock runs from now: the report may have come hours later."""
    services.call_for(incident_id=event.incident_id, cause=Cause.REPORTED, at=timezone.now())


def follow_grading(event: events.IncidentGraded) -> None:
    """High risk is a call with a deadline."""
    services.follow_grading(incident_id=event.incident_id, level=event.level, at=event.at)


def call_for_confirmed(event: events.StartsConfirmed) -> None:
    """An imported incident was let go."""
    services.call_for(incident_id=event.incident_id, cause=Cause.CONFIRMED, at=event.at)


def call_for_reopened(event: events.IncidentReopened) -> None:
    """Somebody is to be found again."""
    services.call_for(incident_id=event.incident_id, cause=Cause.REOPENED, at=event.at)


def call_new_owner(event: events.IncidentTransferred) -> None:
    """The other force is called now."""
    services.call_new_owner(incident_id=event.incident_id, at=event.at)
