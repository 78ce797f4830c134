"""A session that an organisation's sign-in opened does not reach the account's password, address and factors.

They open other organisations too: whoever runs one organisation's directory must not get at them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from foundation.access import library_name
from foundation.accounts.opened import opened_of


class KeptApartMiddleware:
    """Shuts those pages of the sign-in library, with a word on who keeps what."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Answer in place of the page where this session must not open it."""
        opened = opened_of(request.session, request.user.pk)
        name = library_name(view)
        if opened.through is None:
            return None
        shut = name in settings.PASSWORD_PAGES or (opened.has_factor and name in settings.FACTOR_PAGES)
        return render(request, "single_sign_on/kept_apart.html", status=403) if shut else None
