"""What the timelines of an incident say of a release, each side its own; and finding one to write to."""

from __future__ import annotations

from foundation.actors import Actor
from foundation.exceptions import NotVisible
from missingcases.enums import Audience
from missingcases.models import Release
from missingcases.policies import may_read_release
from missingcases.release_rules import FROM_RECORD, URGENT
from missingcases.services.audience import sync
from missingcases.services.common import lock_incident
from missingcases.services.timeline import add_timeline_entry

SUBJECT = "missingcases.Release"


def locked_release(actor: Actor, release_id: int) -> Release:
    """The release, after its incident, locked for the rest of the transaction. Raises `NotVisible`."""
    found = Release.objects.filter(pk=release_id).values_list("incident_id").first()
    if found is None:
        raise NotVisible(f"release {release_id}")
    incident = None if found[0] is None else lock_incident(found[0])
    release = Release.objects.select_for_update(no_key=True).get(pk=release_id)
    release.incident = incident
    if not actor.is_system and may_read_release(actor, release) is not None:
        raise NotVisible(f"release {release_id}")
    return release


def follow(release: Release) -> None:
    """Bring the incident's audience in line, where this release lets anybody know of the incident.

    Where it does not, nothing may show that there is a release: neither a change told to the force's
    systems nor a moved change number.
    """
    incident = release.incident
    if incident is None:
        return
    if release.kind in FROM_RECORD | URGENT or release.to_organisation_id == incident.owner_id:
        sync(incident)


def tell_writer(actor: Actor, release: Release, kind: str, said: str) -> None:
    """An entry for the side that released: the owner force, or the writing body alone."""
    incident = release.incident
    if incident is None:
        return
    ours = release.from_organisation_id == incident.owner_id
    add_timeline_entry(
        incident_id=incident.pk,
        kind=kind,
        actor=actor,
        audience=Audience.OWNER if ours else Audience.CHARITY,
        summary=_words(release, said),
        subject=(SUBJECT, release.pk),
        organisation_id=release.from_organisation_id,
    )


def tell_receiver(actor: Actor, release: Release, kind: str, said: str) -> None:
    """An entry for the owner force, where it is the receiver: others find it in their list of releases."""
    incident = release.incident
    if incident is None or release.to_organisation_id != incident.owner_id:
        return
    # What goes to one desk or one person is not told to the whole force.
    if release.desk or release.to_user_id is not None:
        return
    add_timeline_entry(
        incident_id=incident.pk,
        kind=kind,
        actor=actor,
        audience=Audience.OWNER,
        summary=_words(release, said),
        subject=(SUBJECT, release.pk),
        organisation_id=incident.owner_id,
    )


def _words(release: Release, said: str) -> str:
    return f"{release.get_kind_display()} {said}"
