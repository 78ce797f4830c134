"""What family support does when something happened elsewhere."""

from __future__ import annotations

from families.helpline import services as helpline
from families.services import following, inbox
from foundation.messaging.types import InboundText
from missingcases.events import IncidentReopened, IncidentStopped, PersonReturned


def pause_for_stopped(event: IncidentStopped) -> None:
    """Together: planned contacts wait until a person says how to go on."""
    following.pause_for_stopped(incident_id=event.incident_id, at=event.at)


def begin_aftercare(event: PersonReturned) -> None:
    """Afterwards: the family of somebody who is back is supported on."""
    following.begin_aftercare(incident_id=event.incident_id)


def go_on_for_reopened(event: IncidentReopened) -> None:
    """Together: the person is to be found again."""
    following.go_on_for_reopened(incident_id=event.incident_id)


def take_reply(text: InboundText) -> None:
    """A relative texted."""
    inbox.take_in(text)


def take_mail(text: InboundText) -> None:
    """Somebody wrote an e-mail: a relative answered ours, or anybody turned to the helpline."""
    if not inbox.take_in_mail(text):
        helpline.take_mail(text)
