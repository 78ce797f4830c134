"""Signing out wipes what lies on a phone: its browser is told to, and others are told when they next ask."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from rhi.interviews import services

_SIGN_OUT = "account_logout"


class WipePhoneAtSignOut:
    """Adds `Clear-Site-Data` to the answer, for a person who has an interview on some phone.

    A session that ends by itself wipes nothing: nobody meant it, and words may wait to be sent.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        leaving: int | None = getattr(request, "signing_out", None)
        if leaving and not request.user.is_authenticated and services.end_copies_of_user(leaving):
            answer["Clear-Site-Data"] = '"storage"'
        return answer

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> None:
        """Remember who signs out, before they have."""
        place = request.resolver_match
        if request.method == "POST" and place is not None and place.view_name == _SIGN_OUT:
            request.signing_out = request.user.pk  # type: ignore[attr-defined]
