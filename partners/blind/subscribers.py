"""What blind matching does when something happened elsewhere: a candidate ends with what allowed it."""

from __future__ import annotations

from missingcases import events as cases
from partners.blind import services
from partners.blind.services.deciding import withdraw_for_person


def withdraw_for_stopped(event: cases.IncidentStopped) -> None:
    """Together: the person is found, or was not missing."""
    services.withdraw_for_closed(incident_id=event.incident_id)


def withdraw_for_transferred(event: cases.IncidentTransferred) -> None:
    """Together: another force holds it, which may not be paired with that partner."""
    services.withdraw_for_closed(incident_id=event.incident_id)


def withdraw_for_flag(event: cases.FlagChanged) -> None:
    """Together: whoever looks for the person may be a danger to them."""
    withdraw_for_person(person_id=event.person_id)
