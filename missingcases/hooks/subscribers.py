"""What other systems are told when something happened to an incident.

Together with it: noting costs one look where nobody wants to hear, and what is noted is what happened.
"""

from __future__ import annotations

from missingcases.events import (
    IncidentChanged,
    IncidentClosed,
    IncidentLocated,
    IncidentReopened,
    IncidentReported,
)
from missingcases.hooks.enums import HookType
from missingcases.hooks.services import tell


def tell_reported(event: IncidentReported) -> None:
    """A new incident."""
    tell(kind=HookType.REPORTED, incident_id=event.incident_id, at=event.at)


def tell_changed(event: IncidentChanged) -> None:
    """An incident, or who may see what of it, changed."""
    tell(kind=HookType.CHANGED, incident_id=event.incident_id, at=event.at)


def tell_located(event: IncidentLocated) -> None:
    """The person was found."""
    tell(kind=HookType.LOCATED, incident_id=event.incident_id, at=event.at)


def tell_reopened(event: IncidentReopened) -> None:
    """The person is to be found again."""
    tell(kind=HookType.REOPENED, incident_id=event.incident_id, at=event.at)


def tell_closed(event: IncidentClosed) -> None:
    """The case is complete."""
    tell(kind=HookType.CLOSED, incident_id=event.incident_id, at=event.at)
