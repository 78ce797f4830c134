"""What referrals to partners do when something happened."""

from __future__ import annotations

from foundation.events.types import sets_off
from missingcases.events import IncidentClosed, IncidentStopped, ReleaseRevoked
from partners.events import ReferralMoved
from partners.services import ending


@sets_off(ReferralMoved, ReleaseRevoked)
def stop_for_incident(event: IncidentStopped) -> None:
    """Together: nobody looks on for somebody who was found."""
    ending.stop_for_incident(incident_id=event.incident_id, cause=event.cause)


def end_for_closed(event: IncidentClosed) -> None:
    """Afterwards: the case may have closed because the person has died."""
    ending.end_for_death(incident_id=event.incident_id)
