"""A short way for systems that pull the list and the changes, in plain form, with a token that is good.

The whole way through the middleware and the view costs four times what the answer does, and systems ask every
few seconds. Here the token, its scope, its address and its limit are asked for as ever, at every request,
and the answer is the view's own (`missingcases.api.answering`). Whatever is out of the ordinary, a token that
opens nothing or a parameter that is not plain, goes the whole way and is told there what is wrong.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import NoReverseMatch, reverse

from foundation.accounts.addresses import client_address
from foundation.actors import Actor
from foundation.clients import addresses, services
from foundation.clients import selectors as clients
from foundation.clients.api.authentication import LONGEST_TOKEN
from foundation.clients.api.limits import count
from missingcases import selectors
from missingcases.api.answering import CHANGES, INCIDENTS, READ, Pull

log = structlog.get_logger("django_structlog.middlewares.request")
# What each token's holder read by at its last pull, so that the token and the version can be asked for in one
# look-up. A guess and no more: it counts only where the policy says the same of the holder just found.
_read_by: dict[bytes, list[str]] = {}
MOST = 1000
_kept: Any = connection  # its type stubs leave out the health check


class PullDoorMiddleware:
    """Answers plain pulls; everything else goes on as ever. A site without the API has no such door."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        try:
            self.pulls = {reverse("api:incidents"): INCIDENTS, reverse("api:changes"): CHANGES}
        except NoReverseMatch:
            raise MiddlewareNotUsed from None

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        pull = self.pulls.get(request.path_info) if request.method == "GET" else None
        asked = pull.plain(request.GET) if pull is not None else None
        token = _token(request)
        if pull is None or asked is None or token is None:
            return self.get_response(request)
        request_id = str(uuid.uuid4())
        structlog.contextvars.bind_contextvars(request_id=request_id)
        # No statement only to ask whether the connection still stands: the first look-up finds that out.
        _kept.health_check_done = True
        try:
            answer = self._answer(request, pull, asked, token, request_id)
        except (DatabaseError, InterfaceError):
            _kept.health_check_done = False  # a dead connection is made anew on the whole way
            answer = None  # which finds any other fault too, and says so
        finally:
            structlog.contextvars.clear_contextvars()
        return self.get_response(request) if answer is None else answer

    @staticmethod
    def _answer(
        request: HttpRequest, pull: Pull, asked: dict[str, Any], token: str, request_id: str
    ) -> HttpResponse | None:
        known, caller = request.META.get("HTTP_IF_NONE_MATCH", ""), client_address(request)
        guessed = _read_by.get(_digest(token)) if known else None
        if guessed is None:
            bearer, version = clients.bearer_of(token), None
        else:
            bearer, version = clients.bearer_and(token, selectors.VERSION, {"all_keys": guessed})
        if bearer is None or READ not in bearer.scopes:
            return None
        if not addresses.allows(bearer.allowed_addresses, caller):
            return None
        standing = count(f"c{bearer.client_id}", settings.API_REQUESTS_A_MINUTE)
        if standing.is_over:
            return None
        structlog.contextvars.bind_contextvars(client_id=bearer.client_id)
        services.note_use(client_id=bearer.client_id, last_used_at=bearer.last_used_at)
        actor = bearer.actor(source=caller, request_id=request_id)
        if known and guessed != _remember(token, actor):
            version = None
        answer = pull.answer(actor, known, asked, version=version)
        for name, value in standing.headers().items():
            answer.headers[name] = value
        answer.headers["X-Request-ID"] = request_id
        answer.headers["X-Frame-Options"] = "DENY"
        answer.headers["Content-Length"] = str(len(answer.content))
        if answer.status_code != 304:  # that there was nothing new is no news
            log.info("request_finished", request=f"GET {request.path}", code=answer.status_code)
        return answer


def _digest(token: str) -> bytes:
    return sha256(token.encode()).digest()


def _remember(token: str, actor: Actor) -> list[str]:
    """What the holder of `token` reads by, as the policy says now; kept as the next request's guess."""
    keys = selectors.keys_read_by(actor)
    if len(_read_by) >= MOST:
        _read_by.clear()
    _read_by[_digest(token)] = keys
    return keys


def _token(request: HttpRequest) -> str | None:
    kind, _, token = str(request.META.get("HTTP_AUTHORIZATION", "")).partition(" ")
    good = kind.lower() == "bearer" and token.isascii() and token.isalnum() and len(token) <= LONGEST_TOKEN
    return token if good else None
