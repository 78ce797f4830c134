"""A short way to what the spike after an alert asks for: its page, the list, and the same for systems.

One look-up asks whether it may be shown now and as what; the answer was made before, by this process, from
that very notice. Whatever else goes the whole way and is answered there: an alert that has ended, one whose
page this process has not made yet, a site that is held, a database that is away (docs/adr/0103).
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import DisallowedHost, MiddlewareNotUsed
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from alerts.public import finished, selectors
from alerts.public.addresses import LIVE_JSON, PLACE
from alerts.public.answers import answer_of

log = structlog.get_logger("django_structlog.middlewares.request")
_PATH = re.compile(rf"/(?:(cy)/)?alerts/(?:({PLACE})/)?")
_kept: Any = connection  # its type stubs leave out the health check


class AlertDoorMiddleware:
    """Answers for alerts that are live; the rest goes on as ever. The staff site has no such door."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.IS_PUBLIC_SITE:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        path = request.path_info
        is_read = ("/alerts/" in path) and request.method in ("GET", "HEAD")
        answer = _answer(request, path) if is_read else None
        return self.get_response(request) if answer is None else answer


def _answer(request: HttpRequest, path: str) -> HttpResponse | None:
    place = _PATH.fullmatch(path)
    if place is None and path != LIVE_JSON:
        return None
    language = (place and place[1]) or "en"
    # No statement only to ask whether the connection still stands: the look-up finds that out.
    _kept.health_check_done = True
    try:
        request.get_host()
        key = _key(place, language)
    except DisallowedHost:
        return None
    except (DatabaseError, InterfaceError):
        _kept.health_check_done = False  # a dead connection is made anew on the whole way
        return None
    made = finished.kept(key) if key is not None else None
    if made is None:
        return None
    answer = answer_of(request, made, language)
    answer.headers["Vary"] = "Accept-Language, Cookie"
    return _told(request, answer, "/alerts/.../" if place and place[2] else path)


def _key(place: re.Match[str] | None, language: str) -> finished.Key | None:
    """By what the answer is known, if anything may be shown."""
    if place is not None and place[2]:
        state = selectors.state_at(place[2])
        return finished.key_of("page", language, frozenset({state})) if state else None
    states = selectors.states()
    return None if states is None else finished.key_of("json" if place is None else "list", language, states)


def _told(request: HttpRequest, answer: HttpResponse, place: str) -> HttpResponse:
    """The answer, with the line in the log that any request has; `place` holds no secret."""
    request_id = str(uuid.uuid4())
    answer.headers["X-Request-ID"] = request_id
    log.info(
        "request_finished",
        request=f"{request.method} {place}",
        code=answer.status_code,
        request_id=request_id,
    )
    return answer
