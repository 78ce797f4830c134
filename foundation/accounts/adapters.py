"""What we decide where the sign-in library asks."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from foundation.accounts import limits, mail
from foundation.accounts.addresses import client_address
from foundation.accounts.demo import is_demo_account
from foundation.accounts.models import User
from foundation.accounts.second_factor import had_second_factor, has_second_factor
from foundation.accounts.selectors import actor_for
from foundation.fields import box


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by invitation only, e-mail by our own lanes, second factor to confirm it is you."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs themselves up."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address as everything else here reads it."""
        return client_address(request)

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse | None:
        """Turn away the inactive, and an account of the demonstration on a real server."""
        if settings.IS_PRODUCTION and is_demo_account(user.get_username()):
            turned_away: HttpResponse = self.respond_user_inactive(request, user)
            return turned_away
        answer: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return answer

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever sets up their first second factor just after signing in is not asked once more."""
        request = context.request
        signed_in = request.session.get(limits.SIGNED_IN_AT, 0)
        just_now = time.time() - signed_in < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        since = datetime.fromtimestamp(signed_in, UTC)
        if app == "allauth.mfa" and just_now and not had_second_factor(request.user.pk, since):
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """With a second factor, that alone confirms it is you: a password may have been overlooked."""
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        second = [way for way in ways if way["url"] != reverse("account_reauthenticate")]
        return second if user.pk and has_second_factor(user.pk) else ways

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link in the e-mail: on our own address, whatever host name the request claimed."""
        return self._here(super().get_reset_password_from_key_url(key))

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """Likewise for a new address to be confirmed."""
        return self._here(super().get_email_confirmation_url(request, emailconfirmation))

    @staticmethod
    def _here(url: str) -> str:
        return f"{settings.STAFF_BASE_URL}{urlsplit(url).path}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send by our own lanes, as plain text, to somebody who has an account; to nobody else."""
        person = context.get("user") or self.request.user
        if not isinstance(person, User):
            return
        shown = {**context, "request": self.request, "product": settings.PRODUCT_NAME}
        message = self.render_mail(template_prefix, email, shown)
        actor = actor_for(person, source=client_address(self.request))
        mail.send_to_person(
            actor=actor, user_id=person.pk, to=email, subject=message.subject, body=str(message.body)
        )


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors are kept encrypted, under the field keys."""

    def encrypt(self, text: str) -> str:
        """Encrypt a secret for the database."""
        return box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Read it back."""
        return box().decrypt(encrypted_text.encode()).decode()
