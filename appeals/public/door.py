"""A short way to an appeal's page, for the spike after a broadcast.

One look-up asks whether it may be shown now and brings the finished page; nothing is kept here between two
requests, so nothing can be stale. Whatever is out of the ordinary goes the whole way and is answered there:
an appeal that is gone, one whose page is not made yet or is of another look, a site that is held, a database
that is away (docs/adr/0082).
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import DisallowedHost, MiddlewareNotUsed
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from appeals.public import pages
from appeals.public.addresses import PLACE
from appeals.public.views.common import NOT_INDEXED, NOT_KEPT
from foundation.prepared import fetch_row
from foundation.ui.languages import WELSH

log = structlog.get_logger("django_structlog.middlewares.request")
_PAGE_PATH = re.compile(rf"/appeals/({PLACE})/(?:(cy)/)?")
_PAGE = """
    SELECT page->>%(language)s, page->>'look'
    FROM appeals_public_appeal
    WHERE token = %(token)s AND is_live
    AND NOT EXISTS (SELECT FROM backups_holdstep WHERE step = 'public' AND released_at IS NULL)
"""
_kept: Any = connection  # its type stubs leave out the health check


class AppealDoorMiddleware:
    """Answers for pages that may be shown; the rest goes on as ever. The staff site has no such door."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.IS_PUBLIC_SITE:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        place = _PAGE_PATH.fullmatch(request.path_info) if request.method in ("GET", "HEAD") else None
        answer = _answer(request, place[1], place[2] or "en") if place else None
        return self.get_response(request) if answer is None else answer


def _answer(request: HttpRequest, token: str, language: str) -> HttpResponse | None:
    # No statement only to ask whether the connection still stands: the look-up finds that out.
    _kept.health_check_done = True
    try:
        request.get_host()
        found = fetch_row(_PAGE, {"token": token, "language": language})
    except DisallowedHost:
        return None
    except (DatabaseError, InterfaceError):
        _kept.health_check_done = False  # a dead connection is made anew on the whole way
        return None
    if found is None or not found[0] or found[1] != pages.look():
        return None
    answer = _unchanged_or(request, pages.as_read(found[0], token, language).encode())
    answer.headers["Content-Language"] = WELSH if language == WELSH else settings.LANGUAGE_CODE
    return told(request, answer, "/appeals/.../")


def told(request: HttpRequest, answer: HttpResponse, place: str) -> HttpResponse:
    """The answer of a short way, with the line in the log that any request has; `place` holds no secret."""
    request_id = str(uuid.uuid4())
    answer.headers["X-Request-ID"] = request_id
    log.info(
        "request_finished",
        request=f"{request.method} {place}",
        code=answer.status_code,
        request_id=request_id,
    )
    return answer


def _unchanged_or(request: HttpRequest, body: bytes) -> HttpResponse:
    """The page, or that whoever asks has it already. Nobody may show it without asking (`no-store`)."""
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    known = request.META.get("HTTP_IF_NONE_MATCH", "")
    if known and tag in [one.strip().removeprefix("W/") for one in known.split(",")]:
        answer = HttpResponse(status=304)
        del answer.headers["Content-Type"]
    else:
        answer = HttpResponse(body)
        answer.headers["Content-Length"] = str(len(body))
    answer.headers["ETag"] = tag
    answer.headers["Cache-Control"] = NOT_KEPT
    answer.headers["X-Robots-Tag"] = NOT_INDEXED
    answer.headers["X-Frame-Options"] = "DENY"
    answer.headers["Vary"] = "Accept-Language, Cookie"
    return answer
