"""What links do when something happened."""

from __future__ import annotations

from missingcases import events as cases
from missingcases.links import events, services
from missingcases.models import Incident


def tell_asked_force(event: events.LinkAsked) -> None:
    """Write to those who look after links in the force that was asked."""
    services.tell_asked(event.link_id)


def tell_asking_force(event: events.LinkAnswered) -> None:
    """Write to those who look after links in the force that asked."""
    services.tell_answered(event.link_id)


def end_for_transferred(event: cases.IncidentTransferred) -> None:
    """The incident has another owner: a link of the old one ends."""
    services.end_for_closed_to_others(incident_id=event.incident_id)


def end_for_restricted(event: cases.IncidentChanged) -> None:
    """A restricted incident is linked to nothing."""
    if Incident.objects.filter(pk=event.incident_id, is_restricted=True).exists():
        services.end_for_closed_to_others(incident_id=event.incident_id)
