"""Who releases, who reads and acknowledges what was released."""

from __future__ import annotations

from django.utils import timezone

from foundation.access import Refusal, holds_any
from foundation.actors import Actor
from missingcases.enums import ReleaseStatus
from missingcases.models import Incident, Release
from missingcases.policies.incidents import may_write
from missingcases.policies.visibility import (
    has_held_release,
    organisation_principal,
    principals_of,
    sees_record,
    user_principal,
)
from missingcases.release_rules import RULES
from missingcases.states import RELEASE

NOT_VISIBLE = Refusal("not_visible", "You cannot see this release.")


def may_release(
    actor: Actor, incident: Incident | None, kind: str, *, sourced: bool = False
) -> Refusal | None:
    """Create a release of this kind (`release_rules.RULES`).

    The force releases from its own record; our own machinery does so on the owner force's behalf, for a
    service that the force switched on. A confidential service copies from what it holds (`sourced`: it has
    asked its own policy about that record). From an incident alone the charity tells what it knows of it
    wherever anything of it was released to it once: a release taken back does not silence the charity, as
    somebody may be dying in a conversation that goes on.
    """
    rule = RULES[kind]
    if rule.from_record:
        if incident is None:
            return NOT_VISIBLE
        if actor.is_system:
            return None
        refusal = may_write(actor, incident)
        return refusal or holds_any(actor, rule.writers, "Only police release from the record.")
    if (refusal := holds_any(actor, rule.writers, "Your role does not release this.")) is not None:
        return refusal
    if sourced or (incident is not None and has_held_release(actor, incident)):
        return None
    return NOT_VISIBLE


def may_decide_release(actor: Actor, release: Release) -> Refusal | None:
    """Approve or refuse a release that waits."""
    return RELEASE.may(release, ReleaseStatus.APPROVED, actor)


def may_revoke_release(actor: Actor, release: Release) -> Refusal | None:
    """Take a release back."""
    return RELEASE.may(release, ReleaseStatus.REVOKED, actor)


def may_read_release(actor: Actor, release: Release) -> Refusal | None:
    """Read what was released: its receiver while it stands, and the side that wrote it.

    What is told to the owner force of a restricted incident goes to the named people alone: it may be
    about a colleague. `selectors.released_to` and `released_by` say the same of whole lists.
    """
    if actor.organisation_id is not None and actor.organisation_id == release.from_organisation_id:
        return None if _is_author_side(actor, release) else NOT_VISIBLE
    if release.status != ReleaseStatus.APPROVED or has_expired(release):
        return NOT_VISIBLE
    incident = release.incident
    if incident is not None and incident.is_restricted and incident.owner_id == release.to_organisation_id:
        if not sees_record(actor, incident):
            return NOT_VISIBLE
        return None if release.to_user_id in {None, actor.user_id} else NOT_VISIBLE
    if release.to_user_id is not None:
        wanted = user_principal(release.to_user_id, release.to_organisation_id)
    else:
        wanted = organisation_principal(release.to_organisation_id, release.desk)
    return None if wanted in principals_of(actor) else NOT_VISIBLE


def _is_author_side(actor: Actor, release: Release) -> bool:
    if actor.user_id is not None and actor.user_id == release.author_id:
        return True
    rule = RULES[release.kind]
    if rule.from_record:
        return release.incident is not None and sees_record(actor, release.incident)
    return actor.holds(rule.own_readers)


def has_expired(release: Release) -> bool:
    """Whether its time is over: from then on the receiver reads it no more."""
    return release.expires_at is not None and release.expires_at <= timezone.now()


def may_acknowledge_release(actor: Actor, release: Release) -> Refusal | None:
    """Say for the receiver that it was read and is acted on."""
    if (refusal := may_read_release(actor, release)) is not None:
        return refusal
    if actor.organisation_id != release.to_organisation_id:
        return Refusal("not_receiver", "Only the receiver acknowledges.")
    if release.acknowledge_by is None or release.acknowledged_at is not None:
        return Refusal("nothing_to_acknowledge", "There is nothing to acknowledge.")
    if release.to_user_id is not None and release.to_user_id == actor.user_id:
        return None
    return holds_any(actor, RULES[release.kind].takers, "Your role does not acknowledge this.")


def may_answer_here(release: Release) -> Refusal | None:
    """Acknowledge or take back on the pages of releases: not where another service's record follows it."""
    under = RULES[release.kind].answered_under
    return Refusal("answered_elsewhere", f"This is answered and taken back under {under}.") if under else None
