"""Reading what was released, and acknowledging it: both leave their trace."""

from __future__ import annotations

import json

from django.db import transaction
from django.utils import timezone

from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.events.services import publish
from foundation.exceptions import NotVisible
from missingcases import events
from missingcases.models import Release
from missingcases.policies import may_acknowledge_release, may_read_release
from missingcases.services.actions import close_subject
from missingcases.services.release_telling import SUBJECT, locked_release, tell_receiver, tell_writer


@transaction.atomic
def read_release(*, actor: Actor, release_id: int) -> dict[str, str]:
    """What was released, by name. The reading is audited. Raises `NotVisible`.

    The row is held while it is read: a reading comes before a withdrawal or finds nothing, and no trail
    tells of one after it.
    """
    found = Release.objects.select_for_update(no_key=True, of=("self",)).filter(pk=release_id)
    release = found.select_related("incident").first()
    if release is None or may_read_release(actor, release) is not None:
        raise NotVisible(f"release {release_id}")
    if actor.organisation_id == release.to_organisation_id and release.first_read_at is None:
        release.first_read_at = timezone.now()
        release.save(update_fields=["first_read_at"])
    audit.record(
        actor=actor,
        action="release.read",
        target=release,
        incident_id=release.incident_id,
        on_behalf_of_id=release.from_organisation_id,
        fields=release.field_names,
    )
    content: dict[str, str] = json.loads(release.content)
    return content


@transaction.atomic
def acknowledge_release(*, actor: Actor, release_id: int) -> Release:
    """The receiver has read it and acts on it."""
    release = locked_release(actor, release_id)
    require(may_acknowledge_release(actor, release))
    release.acknowledged_at = timezone.now()
    release.acknowledged_by_id, release.acknowledged_by_client_id = actor.user_id, actor.client_id
    release.version += 1
    release.save(update_fields=["acknowledged_at", "acknowledged_by", "acknowledged_by_client", "version"])
    if release.incident_id is not None:
        close_subject(actor, release.incident_id, subject=(SUBJECT, release.pk))
    audit.record(actor=actor, action="release.acknowledged", target=release, incident_id=release.incident_id)
    tell_receiver(actor, release, "release.acknowledged", "acknowledged")
    tell_writer(actor, release, "release.acknowledged", "acknowledged by the receiver")
    at = release.acknowledged_at
    publish(events.ReleaseAcknowledged(release_id=release.pk, incident_id=release.incident_id, at=at))
    return release
