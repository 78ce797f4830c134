"""What TextSafe does when something happened elsewhere."""

from __future__ import annotations

from foundation.messaging.types import InboundText
from missingcases.events import (
    IncidentGraded,
    IncidentReopened,
    IncidentReported,
    IncidentStopped,
    PhoneChanged,
    StartsConfirmed,
)
from missingcases.models import Incident
from textsafe.services import automation, inbox, stopping


def stop_for_incident(event: IncidentStopped) -> None:
    """Together: nothing more goes out for somebody who is found, cancelled or merged."""
    stopping.stop_requests(incident_id=event.incident_id, at=event.at, cause=event.cause.value)


def keep_for_reopened(event: IncidentReopened) -> None:
    """Together: the numbers of an incident that is open again are kept again."""
    stopping.unstop_requests(incident_id=event.incident_id)


def consider_reported(event: IncidentReported) -> None:
    """Afterwards: prepare the automatic text of a new incident."""
    automation.consider_incident(incident_id=event.incident_id)


def consider_graded(event: IncidentGraded) -> None:
    """Afterwards: prepare it now that the incident is graded, if it was not before."""
    automation.consider_incident(incident_id=event.incident_id)


def consider_confirmed(event: StartsConfirmed) -> None:
    """Afterwards: a supervisor confirmed an imported incident, so its automatic text may be prepared."""
    automation.consider_incident(incident_id=event.incident_id)


def consider_phone(event: PhoneChanged) -> None:
    """Afterwards: a number became known; the newest incident of the person may wait for it."""
    newest = Incident.objects.filter(person_id=event.person_id).order_by("-reported_at").first()
    if newest is not None:
        automation.consider_incident(incident_id=newest.pk)


def take_reply(text: InboundText) -> None:
    """A text came in."""
    inbox.take_in(text)
