"""Invitations: the only way a person comes in."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from foundation.access import Refusal, require
from foundation.accounts import mail, policies
from foundation.accounts.models import Invitation, Membership, Organisation, User
from foundation.accounts.selectors import actor_for, digest
from foundation.accounts.services.memberships import team_refusal
from foundation.actors import Actor
from foundation.audit import services as audit

OPEN_ALREADY = Refusal("invited_already", "This address has an open invitation. Send that one again.")
HAS_ACCOUNT = Refusal(
    "has_account", "This address has an account. Sign in with it, then open the link again."
)
OTHER_PERSON = Refusal("other_person", "This invitation is for another e-mail address. Sign out first.")


@transaction.atomic
def invite(
    *, actor: Actor, organisation_id: int, email: str, roles: Sequence[str], team_id: int | None = None
) -> Invitation:
    """Invite an address and send the link. Raises `Refused`."""
    address = email.strip().lower()
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=organisation_id)
    require(policies.may_invite(actor, organisation, roles))
    require(policies.may_invite_address(actor, organisation, address))
    require(team_refusal(organisation_id, team_id))
    open_ones = organisation.invitations.filter(email__iexact=address, accepted_at=None, revoked_at=None)
    require(OPEN_ALREADY if open_ones.exists() else None)
    token, now = secrets.token_urlsafe(32), timezone.now()
    row = Invitation.objects.create(
        organisation=organisation,
        email=address,
        roles=sorted(set(roles)),
        team_id=team_id,
        token_hash=digest(token),
        invited_by_id=actor.user_id,
        sent_for_id=actor.organisation_id or organisation_id,
        sent_at=now,
        expires_at=now + _lasts(),
    )
    audit.record(actor=actor, action="invitation.sent", target=row, fields=["email", "roles"])
    mail.send_invitation(actor=actor, invitation=row, token=token)
    return row


@transaction.atomic
def resend_invitation(*, actor: Actor, invitation_id: int) -> Invitation:
    """Send an invitation again with a new link; the old link is dead. Raises `Refused`."""
    row = _locked(invitation_id)
    require(policies.may_manage_invitation(actor, row))
    token, now = secrets.token_urlsafe(32), timezone.now()
    row.token_hash = digest(token)
    row.sent_at, row.expires_at = now, now + _lasts()
    row.save(update_fields=["token_hash", "sent_at", "expires_at"])
    audit.record(actor=actor, action="invitation.resent", target=row)
    mail.send_invitation(actor=actor, invitation=row, token=token)
    return row


@transaction.atomic
def revoke_invitation(*, actor: Actor, invitation_id: int) -> Invitation:
    """Take an invitation back; its link is dead at once. Raises `Refused`."""
    row = _locked(invitation_id)
    require(policies.may_manage_invitation(actor, row))
    _take_back(actor, row)
    return row


def take_back_invitations_of(*, actor: Actor, user_id: int) -> None:
    """Take back every open invitation that person sent for the actor's organisation, in the caller's
    transaction: a stolen account may have let others in."""
    rows = Invitation.objects.select_for_update(no_key=True).order_by("pk")
    sent = rows.filter(invited_by=user_id, sent_for=actor.organisation_id, accepted_at=None, revoked_at=None)
    for row in sent:
        _take_back(actor, row)


def _take_back(actor: Actor, row: Invitation) -> None:
    row.revoked_at = timezone.now()
    row.save(update_fields=["revoked_at"])
    audit.record(actor=actor, action="invitation.revoked", target=row)
    mail.take_back_invitation(actor=actor, invitation_id=row.pk)


@transaction.atomic
def accept_as_new(*, invitation_id: int, full_name: str, password: str | None, source: str) -> User:
    """Make the invited person's account with its roles; their address is proven by the link.

    Without a password they come in by their organisation's own sign-in. Raises `Refused`, with code
    ``has_account`` where the address has an account by now.
    """
    row = _locked_with_organisation(invitation_id)
    require(policies.may_accept(row))
    require(policies.may_choose_password(row.organisation) if password is not None else None)
    require(HAS_ACCOUNT if User.objects.filter(email__iexact=row.email).exists() else None)
    user = User.objects.create_user(row.email, password, full_name=full_name.strip())
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    _take_up(row, user)
    audit.record(
        actor=actor_for(user, organisation_id=row.organisation_id, source=source),
        action="invitation.accepted",
        target=row,
    )
    return user


@transaction.atomic
def accept_with_account(*, actor: Actor, invitation_id: int, user_id: int) -> None:
    """Give the invitation's roles to the account its address already has. Raises `Refused`."""
    row = _locked_with_organisation(invitation_id)
    require(policies.may_accept(row))
    user = User.objects.get(pk=user_id)
    require(None if user.is_active and user.email.lower() == row.email.lower() else OTHER_PERSON)
    _take_up(row, user)
    audit.record(actor=actor, action="invitation.accepted", target=row)


def _take_up(row: Invitation, user: User) -> None:
    for role in row.roles:
        Membership.objects.get_or_create(
            user=user,
            organisation=row.organisation,
            role=role,
            ended_at=None,
            defaults={"team": row.team},
        )
    row.accepted_at, row.accepted_by = timezone.now(), user
    row.save(update_fields=["accepted_at", "accepted_by"])


def _locked(invitation_id: int) -> Invitation:
    rows = Invitation.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("organisation").get(pk=invitation_id)


def _locked_with_organisation(invitation_id: int) -> Invitation:
    """The same while nobody else is let in: two first administrators cannot both be the first."""
    place = Organisation.objects.filter(invitations__pk=invitation_id)
    place.select_for_update(no_key=True).get()
    return _locked(invitation_id)


def _lasts() -> timedelta:
    return timedelta(days=settings.INVITATION_DAYS)
