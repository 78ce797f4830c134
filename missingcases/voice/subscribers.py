"""What their own voice does when something happened."""

from __future__ import annotations

from missingcases import events
from missingcases.voice import services


def withdraw_for_reopened(event: events.IncidentReopened) -> None:
    """The person is missing again."""
    services.withdraw_for_incident(incident_id=event.incident_id)
