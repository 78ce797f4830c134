"""Who is asking, whether their session still lasts, and whether their account is secured."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from foundation import request_ids
from foundation.access import OPEN_KINDS, declaration_of, library_name
from foundation.accounts import limits
from foundation.accounts.addresses import client_address
from foundation.accounts.opened import opened_of
from foundation.accounts.second_factor import request_has_second_factor
from foundation.accounts.selectors import actor_for
from foundation.actors import Actor

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class SessionLimitsMiddleware:
    """Ends a session that was idle or lasted too long, and says so."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            words = limits.ended_because(request.session)
            if words:
                return self._end(request, words)
            limits.note_activity(request)
        return self.get_response(request)

    @staticmethod
    def _end(request: HttpRequest, words: str) -> HttpResponseBase:
        logout(request)
        messages.warning(request, words)
        if request.headers.get("HX-Request"):
            answer = HttpResponse(status=401)
            answer["HX-Redirect"] = settings.LOGIN_URL
            return answer
        if request.method in {"GET", "HEAD"}:
            return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
        return HttpResponseRedirect(settings.LOGIN_URL)


class ActorMiddleware:
    """Sets `request.actor`: the signed-in person in one organisation, or nobody."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        source = client_address(request)
        user = request.user
        request.actor = (  # type: ignore[attr-defined]
            actor_for(
                user,
                organisation_id=request.session.get("organisation_id"),
                opened=opened_of(request.session, user.pk),
                source=source,
                request_id=request_ids.current(),
            )
            if user.is_authenticated
            else Actor.nobody(source)
        )
        return self.get_response(request)


class AccountGateMiddleware:
    """Keeps a signed-in person without a second factor, or without a role, out of everything else."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Turn them aside before the view runs; public pages and signed machines go on."""
        if not request.user.is_authenticated or self._is_open(view):
            return None
        actor: Actor = request.actor  # type: ignore[attr-defined]
        if actor.user_id is None:
            return render(request, "accounts/no_role.html", status=403)
        if request_has_second_factor(request):
            return None
        return self._to_set_up(request)

    @staticmethod
    def _is_open(view: Callable[..., Any]) -> bool:
        declared = declaration_of(view)
        sets_up = library_name(view) in settings.SECOND_FACTOR_SET_UP
        return sets_up or (declared is not None and declared.kind in OPEN_KINDS)

    @staticmethod
    def _to_set_up(request: HttpRequest) -> HttpResponseBase:
        url = reverse("mine:second_factor")
        if request.headers.get("HX-Request"):
            answer = HttpResponse(status=401)
            answer["HX-Redirect"] = url
            return answer
        return HttpResponseRedirect(url)
