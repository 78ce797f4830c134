"""After a restore: what was stopped or taken back since the backup is so again.

A restored incident still reads as open, as who found the person, and how, is lost. So nothing runs for it and
nothing starts for it until somebody has entered that or a supervisor says that services may start.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from foundation.audit import services as audit
from foundation.clock import in_london
from foundation.events.services import publish
from foundation.states import move
from missingcases import events
from missingcases.enums import Audience, PhotoConsent, ReleaseStatus, StopCause
from missingcases.models import Incident, Photo, Release
from missingcases.services import flags
from missingcases.services.audience import sync
from missingcases.services.common import apply, lock_incident
from missingcases.services.release_telling import follow
from missingcases.services.timeline import add_timeline_entry
from missingcases.states import RELEASE
from missingcases.system import RESTORER

_WORDS = {
    StopCause.LOCATED: "Located after the backup: enter it again",
    StopCause.CANCELLED: "Cancelled after the backup: enter it again",
    StopCause.MERGED: "Merged as a duplicate after the backup: enter it again",
}


def stop_again(ids: Mapping[str, Any]) -> bool:
    """The incident had left an open state: everything that runs for it stops, and nothing starts."""
    if not Incident.objects.filter(pk=ids["incident_id"]).exists():
        return False
    incident = lock_incident(ids["incident_id"])
    cause = StopCause(ids["cause"])
    if not incident.is_open:
        return True
    if apply(incident, version=None, changes={"starts_held": True}):
        sync(incident)
        audit.record(
            actor=RESTORER,
            action="incident.stopped_again",
            target=incident,
            incident_id=incident.pk,
            fields=["starts_held"],
        )
        add_timeline_entry(
            incident_id=incident.pk,
            kind="incident.stopped_again",
            actor=RESTORER,
            audience=Audience.OWNER,
            summary=_WORDS[cause],
        )
    publish(events.IncidentStopped(incident_id=incident.pk, at=timezone.now(), cause=cause))
    return True


def revoke_again(ids: Mapping[str, Any]) -> bool:
    """A release had been taken back: what was shown is shown no more."""
    release = Release.objects.filter(pk=ids["release_id"]).first()
    if release is None:
        return False
    if release.status != ReleaseStatus.APPROVED:
        return True
    if release.incident_id is not None:
        release.incident = lock_incident(release.incident_id)
    now = timezone.now()
    move(
        release,
        RELEASE,
        ReleaseStatus.REVOKED,
        actor=RESTORER,
        reason="Taken back again from the ledger after a restore.",
        changes={"revoked_at": now},
    )
    follow(release)
    publish(events.ReleaseRevoked(release_id=release.pk, incident_id=release.incident_id, at=now))
    return True


def refuse_photo_again(ids: Mapping[str, Any]) -> bool:
    """A photo's record had refused publicity. Who said so is lost: until it is entered, it is refused."""
    if not Photo.objects.filter(pk=ids["photo_id"]).exists():
        return False
    incident = lock_incident(ids["incident_id"])
    photo = Photo.objects.select_for_update(no_key=True).get(pk=ids["photo_id"])
    now = timezone.now()
    changes = {
        "consent": PhotoConsent.NO,
        "consent_by": "Refused after the backup: enter again who said so",
        "consent_on": in_london(now).date(),
    }
    if photo.consent != PhotoConsent.NO and apply(photo, version=None, changes=changes):
        audit.record(
            actor=RESTORER,
            action="photo.refused_again",
            target=photo,
            incident_id=incident.pk,
            fields=sorted(changes),
        )
    publish(events.PhotoRefused(photo_id=photo.pk, incident_id=incident.pk, at=now))
    return True


def keep_from_family_again(ids: Mapping[str, Any]) -> bool:
    """The family was not to be told: which flag said so is lost, and what runs stops until it is entered."""
    if not Incident.objects.filter(pk=ids["incident_id"]).exists():
        return False
    flags.keep_from_family_again(RESTORER, lock_incident(ids["incident_id"]))
    return True
