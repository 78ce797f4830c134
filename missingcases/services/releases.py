"""Releases: doors in the wall. Named fields, a named recipient, a lawful basis, an author and a reason."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

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
from missingcases.deadlines import ACKNOWLEDGE_WITHIN
from missingcases.enums import ActionKind, LawfulBasis, ReleaseKind, ReleaseStatus
from missingcases.models import Incident, Release
from missingcases.policies import (
    FINDING,
    has_held_release,
    may_decide_release,
    may_release,
    may_release_finding,
    may_revoke_release,
    standing,
)
from missingcases.release_rules import RULES, URGENT
from missingcases.selectors import kept_from_family
from missingcases.services import release_checks as checks
from missingcases.services.common import lock_incident, one_of, refuse
from missingcases.services.release_checks import ReleaseTerms
from missingcases.services.release_telling import SUBJECT, follow, locked_release, tell_receiver, tell_writer
from missingcases.services.triggers import raise_action
from missingcases.states import RELEASE

# Whoever talks to the family: what they are told of a finding is for the person to say.
FAMILY_SIDE = (OrganisationKind.CHARITY, OrganisationKind.PARTNER)


@transaction.atomic
def create_release(
    *,
    actor: Actor,
    to_organisation_id: int,
    kind: str,
    fields: Mapping[str, str],
    purpose: str,
    lawful_basis: str,
    reason: str,
    incident_id: int | None = None,
    source: tuple[str, int] | None = None,
    wishes: str = "",
    desk: str = "",
    terms: ReleaseTerms | None = None,
) -> Release:
    """Release a copy of `fields` (name to text) to another organisation, or to one desk (a role) of it.

    What is asked of each kind stands in `release_rules.RULES`: most are released at once, breaking confidence
    names its ground and waits for a manager who is somebody else. `source` is the confidential record
    (model label, id) that it was copied from: whoever passes it has asked their own policy about that
    record, and the receiver never learns it. `incident_id` may be left out where no incident is known.
    Most kinds need a sharing agreement that covers kind, fields and basis; outside one, a reason in `terms`.
    Our own machinery releases for the owner force. Raises `Refused`, `Invalid`, `NotVisible`.
    """
    terms = terms or ReleaseTerms()
    incident = None if incident_id is None else lock_incident(incident_id)
    if not (actor.is_system or source or _knows(actor, incident)):
        raise NotVisible(f"incident {incident_id}")
    one_of(ReleaseKind, kind, "kind")
    require(may_release(actor, incident, kind, sourced=source is not None))
    one_of(LawfulBasis, lawful_basis, "lawful_basis")
    from_id = actor.organisation_id or (incident.owner_id if incident else 0)
    ground = terms.ground or RULES[kind].ground
    to = checks.Receiver(to_organisation_id, desk, terms.to_user_id)
    names = sorted(fields)
    problems = {
        **checks.text_problems(fields, purpose, reason),
        **checks.receiver_problems(to, from_id=from_id, kind=kind, incident=incident),
        **checks.basis_problems(kind, lawful_basis, ground),
        **checks.expiry_problems(terms.expires_at),
    }
    refuse(problems)
    if incident is not None and _is_family_side(to_organisation_id):
        _refuse_to_family(actor, incident, fields)
    cover = checks.covered_by(
        from_id=from_id, to_id=to_organisation_id, kind=kind, names=names, lawful_basis=lawful_basis
    )
    refuse(checks.agreement_problems(cover, kind, lawful_basis, terms.override_reason))
    source_label, source_id = source or ("", None)
    release = Release.objects.create(
        incident=incident,
        source_label=source_label,
        source_id=source_id,
        kind=kind,
        from_organisation_id=from_id,
        to_organisation_id=to_organisation_id,
        desk=desk,
        to_user_id=terms.to_user_id,
        field_names=names,
        content=json.dumps(dict(fields)),
        purpose=purpose[:200],
        lawful_basis=lawful_basis,
        ground=ground,
        expires_at=terms.expires_at,
        wishes=wishes.strip(),
        reason=reason.strip(),
        author_id=actor.user_id,
        **checks.agreement_written(cover, kind, terms.override_reason),
    )
    audit.record(
        actor=actor,
        action="release.drafted",
        target=release,
        incident_id=incident_id,
        fields=names,
        reason=reason,
    )
    if RULES[kind].approvers:
        tell_writer(actor, release, "release.drafted", "written; waits for a duty manager")
        return release
    return _approve(actor, release, reason)


def _refuse_to_family(actor: Actor, incident: Incident, fields: Iterable[str]) -> None:
    names = sorted(fields)
    # Not asked for each text: what is offered to the person tells nothing of a finding.
    is_kept = bool(FINDING.intersection(names) and kept_from_family([incident.pk]))
    require(may_release_finding(actor, incident, names, kept_from_family=is_kept))
    if is_kept:
        audit.record(actor=actor, action="release.of_kept_family", target=incident, fields=names)


def _knows(actor: Actor, incident: Incident | None) -> bool:
    return incident is not None and (bool(standing(actor, incident)) or has_held_release(actor, incident))


def _is_family_side(organisation_id: int) -> bool:
    return Organisation.objects.filter(pk=organisation_id, kind__in=FAMILY_SIDE).exists()


@transaction.atomic
def decide_release(*, actor: Actor, release_id: int, approve: bool, reason: str) -> Release:
    """Approve or refuse a release that waits. Raises `Refused` for its own author."""
    release = locked_release(actor, release_id)
    require(may_decide_release(actor, release))
    if not reason.strip():
        refuse({"reason": "Say why. This is kept with the record."})
    if approve:
        # Whoever wrote it may not have known yet what is known of the family now.
        if release.incident is not None and _is_family_side(release.to_organisation_id):
            _refuse_to_family(actor, release.incident, release.field_names)
        return _approve(actor, release, reason)
    refused = move(
        release, RELEASE, ReleaseStatus.REFUSED, actor=actor, reason=reason, changes=_decided(actor, reason)
    )
    tell_writer(actor, release, "release.refused", "refused")
    return refused


def _decided(actor: Actor, reason: str) -> dict[str, object]:
    return {"decided_by_id": actor.user_id, "decided_at": timezone.now(), "decision_reason": reason.strip()}


def _approve(actor: Actor, release: Release, reason: str) -> Release:
    now, incident = timezone.now(), release.incident
    changes = _decided(actor, reason)
    within = ACKNOWLEDGE_WITHIN.get(release.kind)
    if within is not None:
        changes["acknowledge_by"] = now + within
    approved = move_held(
        release, RELEASE, ReleaseStatus.APPROVED, actor=actor, reason=reason, changes=changes
    )
    tell_writer(actor, release, "release.approved", "released to another organisation")
    if within is not None:
        tell_receiver(actor, release, "release.received", "received: acknowledge it")
    follow(release)
    if incident is not None and within is not None and release.kind in URGENT:
        raise_action(
            incident,
            kind=ActionKind.ACKNOWLEDGE_RELEASE,
            title="Acknowledge a threat to life",
            owner_id=release.to_organisation_id,
            due_at=now + within,
            subject=(SUBJECT, release.pk),
        )
    publish(events.ReleaseApproved(release_id=release.pk, incident_id=release.incident_id, at=now))
    return approved


@transaction.atomic
def revoke_release(*, actor: Actor, release_id: int, reason: str) -> Release:
    """Take a release back: what was shown is shown no more, and a tombstone stays."""
    release = locked_release(actor, release_id)
    require(may_revoke_release(actor, release))
    now = timezone.now()
    revoked = move(
        release, RELEASE, ReleaseStatus.REVOKED, actor=actor, reason=reason, changes={"revoked_at": now}
    )
    follow(release)
    tell_writer(actor, release, "release.revoked", "taken back")
    note("release.revoked", release_id=release.pk)
    publish(events.ReleaseRevoked(release_id=release.pk, incident_id=release.incident_id, at=now))
    return revoked
