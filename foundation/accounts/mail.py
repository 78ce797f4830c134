"""E-mail about accounts: plain text, no more of anybody than it must have, sent by our own lanes.

Every message is guarded: an invitation taken back, or a person suspended, stops what is not sent yet.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from foundation.access import Refusal
from foundation.accounts.models import Invitation, User
from foundation.accounts.policies import may_accept
from foundation.actors import Actor
from foundation.messaging import services as messaging

SERVICE = "accounts"
INVITATION_GUARD = "accounts.invitation"
PERSON_GUARD = "accounts.person"
# A link to reset a password, or news of a change, is of no use the day after.
LASTS = timedelta(hours=24)


def invitation_stands(owner_id: int) -> Refusal | None:
    """The guard of an invitation's e-mail: it goes only while the invitation can be accepted."""
    invitation = Invitation.objects.select_related("organisation").get(pk=owner_id)
    return may_accept(invitation)


def person_is_let_in(owner_id: int) -> Refusal | None:
    """The guard of e-mail to a person about their account: none goes to somebody suspended."""
    if User.objects.filter(pk=owner_id, is_active=True).exists():
        return None
    return Refusal("suspended", "This account is suspended.")


def send_to_person(*, actor: Actor, user_id: int, to: str, subject: str, body: str) -> None:
    """Queue one e-mail to a person about their account, in the caller's transaction."""
    messaging.queue_message(
        actor=actor,
        channel="email",
        lane="normal",
        to=to,
        subject=subject,
        body=body,
        service=SERVICE,
        owner=("accounts.User", user_id),
        guard=PERSON_GUARD,
        organisation_id=actor.organisation_id,
        valid_until=timezone.now() + LASTS,
        dedupe_key=f"accounts.person:{user_id}:{secrets.token_hex(8)}",
    )


def send_invitation(*, actor: Actor, invitation: Invitation, token: str) -> None:
    """Queue the link that accepts an invitation, instead of any earlier one; the token is nowhere else."""
    take_back_invitation(actor=actor, invitation_id=invitation.pk)
    page = {
        "product": settings.PRODUCT_NAME,
        "organisation": invitation.organisation,
        "link": f"{settings.STAFF_BASE_URL}/invitation/{token}/",
        "expires_at": invitation.expires_at,
    }
    messaging.queue_message(
        actor=actor,
        channel="email",
        lane="normal",
        to=invitation.email,
        subject=f"{settings.PRODUCT_NAME}: you are invited",
        body=render_to_string("accounts/mail/invitation.txt", page),
        service=SERVICE,
        owner=("accounts.Invitation", invitation.pk),
        guard=INVITATION_GUARD,
        organisation_id=invitation.sent_for_id,
        valid_until=invitation.expires_at,
        dedupe_key=f"accounts.invitation:{invitation.pk}:{invitation.token_hash[:16]}",
    )


def take_back_invitation(*, actor: Actor, invitation_id: int) -> None:
    """Cancel what is still queued of an invitation's e-mail."""
    messaging.cancel_for_owner(
        actor=actor, owner_label="accounts.Invitation", owner_ids=[invitation_id], cause="replaced"
    )


def tell_second_factor_reset(*, actor: Actor, user: User) -> None:
    """Tell somebody that an administrator removed their second factor."""
    page = {"product": settings.PRODUCT_NAME}
    send_to_person(
        actor=actor,
        user_id=user.pk,
        to=user.email,
        subject=f"{settings.PRODUCT_NAME}: your second factor was removed",
        body=render_to_string("accounts/mail/second_factor_reset.txt", page),
    )
