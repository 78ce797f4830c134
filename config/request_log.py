"""One log line for each request. Its address may hold neither a person nor a secret."""

from __future__ import annotations

import structlog
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django_structlog.middlewares import RequestMiddleware

# What in an address opens something by itself: the links of invitations and forgotten passwords.
SECRETS = ("token", "key")


def address_of(request: HttpRequest) -> str:
    """The method and the address, without a query, a link's secret or what somebody merely typed."""
    try:
        given = resolve(request.path_info).kwargs
    except Resolver404:
        return f"{request.method} (no such page)"
    path = request.path
    for name in SECRETS:
        if name in given:
            path = path.replace(str(given[name]), "...")
    return f"{request.method} {path}"


class RequestLogMiddleware(RequestMiddleware):
    """The library's line for each request, with the address as `address_of` gives it."""

    def handle_response(self, request: HttpRequest, response: HttpResponse) -> None:
        """Say the request's id, so that whoever asks for help can name it. It is always our own."""
        response["X-Request-ID"] = str(structlog.contextvars.get_contextvars().get("request_id", ""))
        super().handle_response(request, response)

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """What the lines call the request."""
        return address_of(request)
