"""What referrals to partners do when something happened."""

from __future__ import annotations

from foundation.events.types import sets_off
from missingcases.events import DeathRecorded, IncidentClosed, IncidentStopped, KeptFromFamily, ReleaseRevoked
from partners.events import ReferralMoved
from partners.services import ending, hooks, telling


@sets_off(ReferralMoved, ReleaseRevoked)
def stop_for_incident(event: IncidentStopped) -> None:
    """Together: nobody looks on for somebody who was found."""
    ending.stop_for_incident(incident_id=event.incident_id, cause=event.cause)


@sets_off(ReferralMoved, ReleaseRevoked)
def stop_for_family_danger(event: KeptFromFamily) -> None:
    """Together: whoever looks for the person may be a danger to them."""
    ending.stop_for_family_danger(person_id=event.person_id)


def tell_partner(event: ReferralMoved) -> None:
    """Afterwards: it was sent to them, or taken back from them."""
    telling.tell_partner(event.referral_id, event.status, event.was)


def tell_sender(event: ReferralMoved) -> None:
    """Afterwards: it was answered, done, or came back."""
    telling.tell_sender(event.referral_id, event.status)


def tell_systems(event: ReferralMoved) -> None:
    """Afterwards: the force's own systems read anew how it stands."""
    hooks.tell_systems(event.referral_id, event.at)


@sets_off(ReferralMoved, ReleaseRevoked)
def end_for_death(event: DeathRecorded) -> None:
    """Together: nothing is offered to the dead."""
    ending.end_for_death(incident_id=event.incident_id)


def end_for_closed(event: IncidentClosed) -> None:
    """Afterwards: a death that came with the record, from elsewhere or from before deaths were told of."""
    ending.end_for_death(incident_id=event.incident_id)
