"""A short way to feeds and playlists, which machines ask every minute, as `appeals.public.door` is for pages.

Only the answer that stands is given here. An unknown token, a wrong page, a site that is held and a database
that is away go the whole way and are answered there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost, MiddlewareNotUsed
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from appeals.public.door import told
from appeals.public.outlets.answers import feed_answer, playlist_answer
from appeals.public.outlets.throttle import require_room
from appeals.public.outlets.tokens import bearer_of
from foundation.problems import Problem

_FEED_PATH = re.compile(r"/outlets/feed(?:/([A-Za-z0-9_-]{20,100}))?\.(atom|json)")
PLAYLIST_PATH = "/players/playlist"
_kept: Any = connection  # its type stubs leave out the health check


class OutletDoorMiddleware:
    """Answers feeds and playlists of outlets; the rest goes on as ever. The staff site has no such door."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.IS_PUBLIC_SITE:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        path = request.path_info
        is_read = path.startswith(("/outlets/feed", PLAYLIST_PATH)) and request.method in ("GET", "HEAD")
        answer = _answer(request, path) if is_read else None
        return self.get_response(request) if answer is None else answer


def _answer(request: HttpRequest, path: str) -> HttpResponse | None:
    # No statement only to ask whether the connection still stands: the look-up finds that out.
    _kept.health_check_done = True
    try:
        request.get_host()
        if path == PLAYLIST_PATH:
            require_room(token := bearer_of(request))
            answer = playlist_answer(request, token)
        elif place := _FEED_PATH.fullmatch(path):
            answer = feed_answer(request, place[1] or bearer_of(request), place[2])
        else:
            return None
    except (DisallowedHost, ValueError, Problem):
        return None
    except (DatabaseError, InterfaceError):
        _kept.health_check_done = False  # a dead connection is made anew on the whole way
        return None
    return told(request, answer, path if path == PLAYLIST_PATH else "/outlets/feed/...") if answer else None
