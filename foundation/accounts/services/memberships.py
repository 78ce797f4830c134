"""Roles given and ended, and the organisation somebody acts for."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from foundation.access import Refusal, require
from foundation.accounts import policies
from foundation.accounts.models import Membership, Organisation, Team, User
from foundation.accounts.services.signed_in import drop_sessions
from foundation.actors import Actor
from foundation.audit import services as audit

HELD = Refusal("already_held", "This person has this role already.")
OTHER_TEAM = Refusal("other_team", "This team belongs to another organisation.")
NOT_THEIRS = Refusal("other_organisation", "You do not work for this organisation.")


def team_refusal(organisation_id: int, team_id: int | None) -> Refusal | None:
    """Refuse a team that is not that organisation's, or is closed."""
    if team_id is None:
        return None
    own = Team.objects.filter(pk=team_id, organisation_id=organisation_id, is_active=True)
    return None if own.exists() else OTHER_TEAM


@transaction.atomic
def grant_role(
    *, actor: Actor, user_id: int, organisation_id: int, role: str, team_id: int | None = None
) -> Membership:
    """Give a person one more role in the actor's organisation. Raises `Refused`."""
    user = User.objects.select_for_update(no_key=True).get(pk=user_id)
    organisation = Organisation.objects.get(pk=organisation_id)
    require(policies.may_grant(actor, user, organisation, role))
    require(team_refusal(organisation_id, team_id))
    row, made = Membership.objects.get_or_create(
        user=user, organisation=organisation, role=role, ended_at=None, defaults={"team_id": team_id}
    )
    require(None if made else HELD)
    audit.record(actor=actor, action="membership.granted", target=row, to_state=role)
    return row


@transaction.atomic
def end_role(*, actor: Actor, membership_id: int, reason: str = "") -> Membership:
    """Take a role away from now on; the row stays as history. Raises `Refused`.

    With the last role there the person's sessions end too, in the same commit: a page left open must not
    go on for another organisation they work for.
    """
    row = Membership.objects.select_for_update(no_key=True).get(pk=membership_id)
    require(policies.may_end(actor, row))
    row.ended_at = timezone.now()
    row.save(update_fields=["ended_at"])
    if not Membership.objects.filter(
        user=row.user_id, organisation=row.organisation_id, ended_at=None
    ).exists():
        drop_sessions(row.user_id)
    audit.record(actor=actor, action="membership.ended", target=row, from_state=row.role, reason=reason)
    return row


@transaction.atomic
def act_for(*, actor: Actor, organisation_id: int) -> None:
    """Record that a person acts for another of their organisations from now on. Raises `Refused`."""
    held = Membership.objects.filter(
        user=actor.user_id, organisation_id=organisation_id, ended_at=None, organisation__is_active=True
    ).first()
    require(NOT_THEIRS if held is None else None)
    audit.record(actor=actor, action="user.acts_for", target=Organisation, target_id=organisation_id)
