"""One log line for each request. Its address may hold neither a person nor a secret."""

from __future__ import annotations

import uuid

import structlog
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django_structlog.middlewares import RequestMiddleware

from foundation import request_ids

# What in an address opens something by itself: the links of invitations and forgotten passwords.
SECRETS = ("token", "key")


def address_of(request: HttpRequest) -> str:
    """The method and the address, without a query, a link's secret or what somebody merely typed."""
    try:
        match = request.resolver_match or resolve(request.path_info)
    except Resolver404:
        return f"{request.method} (no such page)"
    given = match.kwargs
    path = request.path
    for name in SECRETS:
        if name in given:
            path = path.replace(str(given[name]), "...")
    return f"{request.method} {path}"


class RequestLogMiddleware(RequestMiddleware):
    """The library's lines for each request, with the address as `address_of` gives it.

    A part of a page that asks again and again (`X-Harbour-Poll`) is told of only where it went wrong:
    two hundred desks would otherwise write gigabytes of nothing a day.
    """

    def prepare(self, request: HttpRequest) -> None:
        """The line that a request began, but for polls."""
        if _polls(request):
            structlog.contextvars.bind_contextvars(request_id=str(uuid.uuid4()))
        else:
            super().prepare(request)

    def handle_response(self, request: HttpRequest, response: HttpResponse) -> None:
        """The line that a request ended, but for polls that went well; and the id, which is always our own.

        Whoever asks for help can name the request by it.
        """
        response["X-Request-ID"] = request_ids.current()
        if _polls(request) and response.status_code < 400:
            structlog.contextvars.clear_contextvars()
        else:
            super().handle_response(request, response)

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """What the lines call the request."""
        return address_of(request)


def _polls(request: HttpRequest) -> bool:
    return "X-Harbour-Poll" in request.headers
