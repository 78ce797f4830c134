"""What the sign-in library asks, answered with organisations' own sign-ins in mind."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.stagekit import clear_login
from allauth.core import context
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from foundation.accounts import adapters
from foundation.accounts.models import User
from foundation.accounts.opened import forget_opened, opened_of
from foundation.single_sign_on import policies, selectors
from foundation.single_sign_on.pending import pending_in

# Said by our own views alone, to the sign-in library and back to us here.
VOUCHED = "single_sign_on"


class AccountAdapter(adapters.AccountAdapter):
    """Passwords only where an organisation takes them; proving it is you where you came in."""

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse | None:
        """Turn away, after a right password, whoever should use their organisation's sign-in.

        Whoever is about to show once that an account is theirs (`pending`) may: it opens nothing there.
        """
        answer = super().pre_login(request, user, **kwargs)
        if answer is not None or (kwargs.get("signal_kwargs") or {}).get(VOUCHED):
            return answer
        forget_opened(request.session)
        if not isinstance(user, User) or pending_in(request.session) is not None:
            return None
        refusal = policies.may_use_password(user)
        if refusal is None:
            return None
        clear_login(request)
        page = {"refusal": refusal, "provider": selectors.provider_of_person(user)}
        return render(request, "single_sign_on/no_passwords.html", page, status=403)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Where the organisation's second factor let somebody in, that one confirms it is them."""
        opened = opened_of(context.request.session, user.pk)
        if not opened.has_factor:
            return super().get_reauthentication_methods(user)
        again = reverse("single_sign_on:again")
        return [{"id": VOUCHED, "description": "Use your organisation's sign-in", "url": again}]
