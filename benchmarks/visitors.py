"""An officer of the Met, signed in with a second factor, as a browser holds it: one cookie."""

from __future__ import annotations

import time
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.test import Client as Browser

from foundation.accounts.models import Organisation, User
from foundation.accounts.selectors import actor_for
from foundation.actors import Actor
from missingcases.made.forces import MET, officer_of


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is signed in, and the header their browser sends."""

    user: User
    actor: Actor
    cookie: dict[str, str]


def sign_in(code: str = MET) -> Visitor:
    """Sign the force's officer in."""
    force = Organisation.objects.get(code=code)
    return signed_in(officer_of(force), force)


def signed_in(user: User, organisation: Organisation) -> Visitor:
    """Sign somebody in who acts for that organisation."""
    EmailAddress.objects.get_or_create(user=user, email=user.email, verified=True, primary=True)
    if not user.authenticator_set.exists():
        TOTP.activate(user, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    browser = Browser()
    browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = browser.session
    session["organisation_id"] = organisation.pk
    given = {"method": "mfa", "type": "totp", "at": time.time()}
    session["account_authentication_methods"] = [given]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    key = browser.cookies[settings.SESSION_COOKIE_NAME].value
    actor = actor_for(user, organisation_id=organisation.pk, source="127.0.0.1")
    return Visitor(user, actor, {"cookie": f"{settings.SESSION_COOKIE_NAME}={key}"})
