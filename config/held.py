"""A restored database comes up held: the public site shows none of its pages until two people let it go.

What providers call about is still taken, as a reply refused is a reply lost (and it may say STOP).
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from foundation.backups.enums import Step
from foundation.backups.selectors import is_held

_STILL_SERVED = ("/webhooks/", "/health/", "/robots.txt", settings.STATIC_URL)
# What a load balancer asks: a site that is held is well, and says so on its pages.
_PROBES = frozenset({"/health", "/ready"})


class HeldMiddleware:
    """Answers 503 on the public site while it is held. Does nothing on the staff site."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if self._serves_pages(request) and _is_held():
            answer = render(request, "public/held.html", status=503)
            answer["Cache-Control"] = "no-store"
            return answer
        return self.get_response(request)

    @staticmethod
    def _serves_pages(request: HttpRequest) -> bool:
        is_page = request.path not in _PROBES and not request.path.startswith(_STILL_SERVED)
        return settings.ROOT_URLCONF == "config.public_urls" and is_page


def _is_held() -> bool:
    """Where nobody can say, it is held: what was withdrawn must not be shown again."""
    try:
        return is_held(Step.PUBLIC)
    except DatabaseError:
        return True
