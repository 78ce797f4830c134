"""What people see when something cannot be shown. Plain words, nothing of the record, a way on."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from foundation import problems
from foundation.access import Refused


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the browser sent something that is not an answer to any of our questions."""
    if problems.wanted_by(request):
        return problems.Problem(400, "request", "This cannot be read.").response()
    return HttpResponse(render_to_string("400.html"), status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: signed in, but this is not theirs to do. A policy's own words are shown."""
    reason = exception.refusal.message if isinstance(exception, Refused) else ""
    return render(request, "403.html", {"reason": reason}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no such page, or another organisation's record: the answer is the same."""
    if problems.wanted_by(request):
        return problems.Problem(404, "not_found", "There is nothing at this address.").response()
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; or 503 with Retry-After where the database is away. Touches no database itself."""
    if problems.wanted_by(request):
        return problems.Problem(500, "failed", "This failed here and is written down. Try again.").response()
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        response = HttpResponse(render_to_string("503.html"), status=503)
        response["Retry-After"] = "30"
        return response
    return HttpResponse(render_to_string("500.html"), status=500)
