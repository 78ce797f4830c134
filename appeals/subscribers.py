"""What appeals do when something happened elsewhere."""

from __future__ import annotations

from appeals.events import AppealChanged, AppealWithdrawn
from appeals.services.following import follow_owner
from appeals.services.withdrawing import withdraw_all
from foundation.events.types import sets_off
from missingcases.events import IncidentStopped, IncidentTransferred


@sets_off(AppealWithdrawn, AppealChanged)
def withdraw_for_incident(event: IncidentStopped) -> None:
    """Together: whoever is found, cancelled or merged is shown nowhere from this commit on."""
    withdraw_all(incident_id=event.incident_id, at=event.at)


def follow_transfer(event: IncidentTransferred) -> None:
    """Together: the new owner of the incident decides about its appeals."""
    follow_owner(incident_id=event.incident_id, organisation_id=event.to_organisation_id)
