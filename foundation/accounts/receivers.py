"""What the sign-in library tells us, written to the trail. No workflow hangs on it."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from foundation.accounts import limits
from foundation.accounts.addresses import client_address
from foundation.accounts.models import User
from foundation.accounts.opened import opened_of
from foundation.accounts.selectors import actor_for
from foundation.audit import services as audit


def _note(request: HttpRequest, user: User, action: str, *fields: str) -> None:
    organisation_id = request.session.get("organisation_id")
    opened = opened_of(request.session, user.pk)
    source = client_address(request)
    actor = actor_for(user, organisation_id=organisation_id, opened=opened, source=source)
    audit.record(actor=actor, action=action, target=user, fields=fields)


@receiver(user_logged_in)
def note_signed_in(request: HttpRequest, user: User, **_: Any) -> None:
    """Start the session's clocks, list it among the person's browsers and record the sign-in."""
    limits.begin(request.session)
    request.user = user  # a request that did not come through the middleware has nobody yet
    UserSession.objects.create_from_request(request)
    through = opened_of(request.session, user.pk).through
    _note(request, user, "user.signed_in", *(["single_sign_on"] if through is not None else []))


@receiver(user_logged_out)
def note_signed_out(request: HttpRequest, user: User | None, **_: Any) -> None:
    """Record the sign-out, whoever or whatever ended the session."""
    if user is not None:
        _note(request, user, "user.signed_out")


@receiver([account.password_changed, account.password_reset, account.password_set])
def note_password(request: HttpRequest, user: User, **_: Any) -> None:
    """Record a new password."""
    _note(request, user, "user.password_changed", "password")


@receiver(account.email_changed)
def note_email(request: HttpRequest, user: User, **_: Any) -> None:
    """Record a new address, which both addresses were told of."""
    _note(request, user, "user.email_changed", "email")


@receiver(mfa.authenticator_added)
def note_factor_added(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    """Record a new second factor."""
    _note(request, user, "second_factor.added", authenticator.type)


@receiver(mfa.authenticator_removed)
def note_factor_removed(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    """Record that a second factor went."""
    _note(request, user, "second_factor.removed", authenticator.type)


@receiver(mfa.authenticator_reset)
def note_codes_renewed(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    """Record new recovery codes, which make the old ones worthless."""
    _note(request, user, "second_factor.renewed", authenticator.type)
