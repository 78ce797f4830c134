"""What appeals do when something happened elsewhere."""

from __future__ import annotations

from typing import Protocol

from django.utils import timezone

from appeals.contributions import status_hook
from appeals.events import AppealChanged, AppealWithdrawn, SightingPassed
from appeals.models import Appeal
from appeals.services import alerting, endangering
from appeals.services.calling import call_for, call_new_owner
from appeals.services.following import follow_owner
from appeals.services.refusing import pause_for_photo
from appeals.services.withdrawing import withdraw_all
from foundation.events.types import sets_off
from missingcases.events import IncidentStopped, IncidentTransferred, KeptFromFamily, PhotoRefused
from missingcases.hooks import services as hooks


@sets_off(AppealWithdrawn, AppealChanged)
def withdraw_for_incident(event: IncidentStopped) -> None:
    """Together: whoever is found, cancelled or merged is shown nowhere from this commit on."""
    withdraw_all(incident_id=event.incident_id, at=event.at)


@sets_off(AppealChanged)
def pause_for_refused_photo(event: PhotoRefused) -> None:
    """Together: a photo that its record refuses is shown nowhere from this commit on."""
    pause_for_photo(event.photo_id)


@sets_off(AppealChanged)
def look_again_for_family_danger(event: KeptFromFamily) -> None:
    """Together: where the family may be the danger nothing is shown from this commit on, nor overridden."""
    endangering.look_again(event.person_id)


class OfAlert(Protocol):
    """What happened to a Child Rescue Alert, which appeals know by its number alone."""

    @property
    def alert_id(self) -> int:
        """The alert; no rehearsal ever comes here."""
        ...


def publish_for_alert(event: OfAlert) -> None:
    """Afterwards, and at once: media partners, networks and billboards get what the alert says now."""
    alerting.publish_for_alert(alert_id=event.alert_id)


@sets_off(AppealWithdrawn)
def withdraw_for_alert(event: OfAlert) -> None:
    """Together: an alert that has ended is on no channel from this commit on."""
    alerting.withdraw_for_alert(alert_id=event.alert_id)


def drop_picture_for_alert(event: OfAlert) -> None:
    """Together: the picture of an alert that was taken away is on no channel from this commit on."""
    alerting.drop_picture_for_alert(alert_id=event.alert_id)


def say_picture_dropped(event: OfAlert) -> None:
    """Afterwards: whoever follows appeals hears that this one says something else."""
    alerting.say_picture_dropped(alert_id=event.alert_id)


def say_withdrawn_for_alert(event: OfAlert) -> None:
    """Afterwards: whoever follows appeals hears that it is withdrawn."""
    alerting.say_withdrawn_for_alert(alert_id=event.alert_id)


def follow_transfer(event: IncidentTransferred) -> None:
    """Together: the new owner of the incident decides about its appeals."""
    follow_owner(incident_id=event.incident_id, organisation_id=event.to_organisation_id)
    call_new_owner(incident_id=event.incident_id, at=event.at)


def call_force(event: SightingPassed) -> None:
    """The force hears of a sighting that was passed to it: at once, without waiting for the sweep."""
    call_for(event.sighting_id, now=timezone.now())


def tell_systems(event: AppealChanged) -> None:
    """Together: the force's own systems hear that an appeal moved on, by its reference and nothing more."""
    reference = Appeal.objects.values_list("reference", flat=True).get(pk=event.appeal_id)
    hooks.tell(kind=status_hook.value, incident_id=event.incident_id, at=event.at, subject=reference)
