"""No page of the staff site is kept by a browser or a proxy, and none uses a camera, a place or a microphone.

A desk is shared: whoever comes next must not read the last person's pages by going back.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

NOT_KEPT = "no-store, private"
NOT_USED = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class PrivatePagesMiddleware:
    """Says so on every answer; a view that was stricter, and the public site's pages, stay as they are."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        answer.headers["Permissions-Policy"] = NOT_USED
        if not settings.IS_PUBLIC_SITE and "no-store" not in answer.headers.get("Cache-Control", ""):
            answer.headers["Cache-Control"] = NOT_KEPT
        return answer
