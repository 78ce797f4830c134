"""Read-only mode (`READ_ONLY=1`): look everything up, change and send nothing.

For an outage of something we depend on, or a change of the database's place. Signing in and out still
works, and what providers tell us is still taken: a receipt refused is a receipt lost.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from foundation import problems
from foundation.access import Kind, declaration_of, library_name

_SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_STILL_TAKEN = frozenset(
    {
        "allauth.account.views.LoginView",
        "allauth.account.views.LogoutView",
        "allauth.account.views.ReauthenticateView",
        "allauth.mfa.base.views.AuthenticateView",
        "allauth.mfa.base.views.ReauthenticateView",
        "allauth.mfa.webauthn.views.LoginWebAuthnView",
        "allauth.mfa.webauthn.views.ReauthenticateWebAuthnView",
        "foundation.accounts.views.mine.stay",
        "foundation.single_sign_on.views.arriving.find",  # where one signs in; its post changes nothing
        "foundation.clients.api.token.Token",  # reading goes on, and needs a token
        "missingcases.views.lists.incident_list",  # looking somebody up; its post changes nothing
        "missingcases.search.views.search",
    }
)


class ReadOnlyMiddleware:
    """Answers 503 to whatever would change something, while `settings.READ_ONLY` is set."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Refuse before the view runs."""
        if not settings.READ_ONLY or request.method in _SAFE or self._is_taken(view):
            return None
        if request.headers.get("HX-Request"):
            return HttpResponse("Read-only: nothing was saved or sent.", status=503)
        if problems.wanted_by(request):
            said = "Read-only for now: nothing was saved or sent."
            return problems.Problem(503, "read_only", said).response({"Retry-After": "300"})
        return render(request, "read_only.html", status=503)

    @staticmethod
    def _is_taken(view: Callable[..., Any]) -> bool:
        declared = declaration_of(view)
        machine = declared is not None and declared.kind is Kind.SIGNED_MACHINE
        return machine or library_name(view) in _STILL_TAKEN
