"""What Return Home Interviews do when something happened elsewhere."""

from __future__ import annotations

from missingcases.events import (
    DeathRecorded,
    IncidentClosed,
    IncidentReopened,
    IncidentReported,
    PersonReturned,
)
from rhi.services import ending, opening


def open_for_return(event: PersonReturned) -> None:
    """Afterwards: a child is back, and an interview is owed to them."""
    opening.open_for_return(incident_id=event.incident_id)


def end_for_reported(event: IncidentReported) -> None:
    """Afterwards: the child is missing again before anybody talked with them."""
    ending.end_for_missing_again(incident_id=event.incident_id)


def end_for_reopened(event: IncidentReopened) -> None:
    """Together: they have not returned after all, so that nobody calls at the door."""
    ending.end_for_taken_back(incident_id=event.incident_id)


def end_for_death(event: DeathRecorded) -> None:
    """Together: nobody calls at a door about a child who has died."""
    ending.end_for_death(incident_id=event.incident_id)


def end_for_closed(event: IncidentClosed) -> None:
    """Afterwards: a death that came with the record, from elsewhere or from before deaths were told of."""
    ending.end_for_death(incident_id=event.incident_id)
