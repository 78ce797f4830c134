"""Releases: doors in the wall. Named fields, a named recipient, a lawful basis, an author and a reason."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from foundation.access import require
from foundation.accounts.enums import OrganisationKind
from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.backups.services.ledger import note
from foundation.events.services import publish
from foundation.exceptions import NotVisible
from foundation.states import move, move_held
from missingcases import events
from missingcases.deadlines import ACKNOWLEDGE_THREAT_WITHIN
from missingcases.enums import ActionKind, Audience, LawfulBasis, ReleaseKind, ReleaseStatus
from missingcases.models import Incident, Release
from missingcases.policies import (
    has_held_release,
    may_acknowledge_release,
    may_decide_release,
    may_read_release,
    may_release,
    may_revoke_release,
    may_tell_of_finding,
    standing,
)
from missingcases.services.actions import close_subject
from missingcases.services.audience import sync
from missingcases.services.common import lock_incident, one_of, refuse
from missingcases.services.timeline import add_timeline_entry
from missingcases.services.triggers import raise_action
from missingcases.states import RELEASE

_LABEL = "missingcases.Release"
LONGEST = 5_000
# Whoever talks to the family: what they are told of a finding is for the person to say.
FAMILY_SIDE = (OrganisationKind.CHARITY, OrganisationKind.PARTNER)


@transaction.atomic
def create_release(
    *,
    actor: Actor,
    incident_id: int,
    to_organisation_id: int,
    kind: str,
    fields: Mapping[str, str],
    purpose: str,
    lawful_basis: str,
    reason: str,
    wishes: str = "",
    desk: str = "",
) -> Release:
    """Release a copy of `fields` (name to text) to another organisation, or to one desk (a role) of it.

    A service request is released at once; a threat to life waits for a duty manager who is somebody
    else. Our own machinery releases for the owner force. Raises `Refused`, `Invalid`, `NotVisible`.
    """
    incident = lock_incident(incident_id)
    if not actor.is_system and not (standing(actor, incident) or has_held_release(actor, incident)):
        raise NotVisible(f"incident {incident_id}")
    one_of(ReleaseKind, kind, "kind")
    require(may_release(actor, incident, kind))
    one_of(LawfulBasis, lawful_basis, "lawful_basis")
    from_id = actor.organisation_id or incident.owner_id
    problems = _problems(fields, purpose, reason)
    other = Organisation.objects.filter(pk=to_organisation_id, is_active=True).exclude(pk=from_id)
    if not other.exists():
        problems["to_organisation"] = "Choose another organisation."
    if kind == ReleaseKind.THREAT_TO_LIFE and to_organisation_id != incident.owner_id:
        problems["to_organisation"] = "A threat to life goes to the force that owns the incident."
    refuse(problems)
    if other.filter(kind__in=FAMILY_SIDE).exists():
        require(may_tell_of_finding(incident, fields))
    release = Release.objects.create(
        incident=incident,
        kind=kind,
        from_organisation_id=from_id,
        to_organisation_id=to_organisation_id,
        desk=desk,
        field_names=sorted(fields),
        content=json.dumps(dict(fields)),
        purpose=purpose[:200],
        lawful_basis=lawful_basis,
        wishes=wishes.strip(),
        reason=reason.strip(),
        author_id=actor.user_id,
    )
    audit.record(
        actor=actor,
        action="release.drafted",
        target=release,
        incident_id=incident.pk,
        fields=release.field_names,
        reason=reason,
    )
    if kind == ReleaseKind.THREAT_TO_LIFE:
        _tell(actor, release, "release.drafted", "Threat to life written; waits for a duty manager")
        return release
    return _approve(actor, incident, release, reason)


def _problems(fields: Mapping[str, str], purpose: str, reason: str) -> dict[str, str]:
    problems: dict[str, str] = {}
    if not fields or not all(text.strip() for text in fields.values()):
        problems["fields"] = "Write exactly what the other side is to read."
    elif any(len(text) > LONGEST for text in fields.values()):
        problems["fields"] = f"Use {LONGEST:,} characters or fewer."
    if not purpose.strip():
        problems["purpose"] = "Say what it is for."
    if not reason.strip():
        problems["reason"] = "Say why. This is kept with the record."
    return problems


@transaction.atomic
def decide_release(*, actor: Actor, release_id: int, approve: bool, reason: str) -> Release:
    """Approve or refuse a release that waits. Raises `Refused` for its own author."""
    release = _locked(actor, release_id)
    require(may_decide_release(actor, release))
    if not reason.strip():
        refuse({"reason": "Say why. This is kept with the record."})
    if approve:
        return _approve(actor, release.incident, release, reason)
    refused = move(
        release, RELEASE, ReleaseStatus.REFUSED, actor=actor, reason=reason, changes=_decided(actor, reason)
    )
    _tell(actor, release, "release.refused", "Release refused")
    return refused


def _decided(actor: Actor, reason: str) -> dict[str, object]:
    return {"decided_by_id": actor.user_id, "decided_at": timezone.now(), "decision_reason": reason.strip()}


def _approve(actor: Actor, incident: Incident, release: Release, reason: str) -> Release:
    now = timezone.now()
    urgent = release.kind == ReleaseKind.THREAT_TO_LIFE
    changes = _decided(actor, reason)
    if urgent:
        changes["acknowledge_by"] = now + ACKNOWLEDGE_THREAT_WITHIN
    approved = move_held(
        release, RELEASE, ReleaseStatus.APPROVED, actor=actor, reason=reason, changes=changes
    )
    sync(incident)
    _tell(actor, release, "release.approved", "Released to another organisation")
    if urgent:
        _tell_owner(actor, release, "release.received", "Threat to life received: acknowledge it")
        raise_action(
            incident,
            kind=ActionKind.ACKNOWLEDGE_RELEASE,
            title="Acknowledge a threat to life",
            owner_id=release.to_organisation_id,
            due_at=now + ACKNOWLEDGE_THREAT_WITHIN,
            subject=(_LABEL, release.pk),
        )
    publish(events.ReleaseApproved(release_id=release.pk, incident_id=incident.pk, at=now))
    return approved


@transaction.atomic
def revoke_release(*, actor: Actor, release_id: int, reason: str) -> Release:
    """Take a release back: what was shown is shown no more, and a tombstone stays."""
    release = _locked(actor, release_id)
    require(may_revoke_release(actor, release))
    now = timezone.now()
    revoked = move(
        release, RELEASE, ReleaseStatus.REVOKED, actor=actor, reason=reason, changes={"revoked_at": now}
    )
    sync(release.incident)
    _tell(actor, release, "release.revoked", "Release taken back")
    note("release.revoked", release_id=release.pk)
    publish(events.ReleaseRevoked(release_id=release.pk, incident_id=release.incident_id, at=now))
    return revoked


@transaction.atomic
def read_release(*, actor: Actor, release_id: int) -> dict[str, str]:
    """What was released, by name. The reading is audited. Raises `NotVisible`."""
    release = Release.objects.select_related("incident").filter(pk=release_id).first()
    if release is None or may_read_release(actor, release) is not None:
        raise NotVisible(f"release {release_id}")
    audit.record(
        actor=actor,
        action="release.read",
        target=release,
        incident_id=release.incident_id,
        fields=release.field_names,
    )
    content: dict[str, str] = json.loads(release.content)
    return content


@transaction.atomic
def acknowledge_release(*, actor: Actor, release_id: int) -> Release:
    """The force has read a threat to life and acts on it."""
    release = _locked(actor, release_id)
    require(may_acknowledge_release(actor, release))
    release.acknowledged_at, release.acknowledged_by_id = timezone.now(), actor.user_id
    release.version += 1
    release.save(update_fields=["acknowledged_at", "acknowledged_by", "version"])
    close_subject(actor, release.incident_id, subject=(_LABEL, release.pk))
    audit.record(actor=actor, action="release.acknowledged", target=release, incident_id=release.incident_id)
    _tell_owner(actor, release, "release.acknowledged", "Threat to life acknowledged")
    _tell(actor, release, "release.acknowledged", "Threat to life acknowledged by the force")
    return release


def _locked(actor: Actor, release_id: int) -> Release:
    found = Release.objects.filter(pk=release_id).values_list("incident_id", flat=True).first()
    if found is None:
        raise NotVisible(f"release {release_id}")
    incident = lock_incident(found)
    release = Release.objects.select_for_update(no_key=True).get(pk=release_id)
    release.incident = incident
    if not actor.is_system and may_read_release(actor, release) is not None:
        raise NotVisible(f"release {release_id}")
    return release


def _tell(actor: Actor, release: Release, kind: str, summary: str) -> None:
    """An entry for the side that released: the owner force, or the charity alone."""
    ours = release.from_organisation_id == release.incident.owner_id
    add_timeline_entry(
        incident_id=release.incident_id,
        kind=kind,
        actor=actor,
        audience=Audience.OWNER if ours else Audience.CHARITY,
        summary=summary,
        subject=(_LABEL, release.pk),
        organisation_id=release.from_organisation_id,
    )


def _tell_owner(actor: Actor, release: Release, kind: str, summary: str) -> None:
    add_timeline_entry(
        incident_id=release.incident_id,
        kind=kind,
        actor=actor,
        audience=Audience.OWNER,
        summary=summary,
        subject=(_LABEL, release.pk),
        organisation_id=release.incident.owner_id,
    )
