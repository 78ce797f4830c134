"""A short way to the list for screens that were let in before, so that two hundred cost little.

The whole way (session, roles, second factor) is gone when a screen first asks. After that one query asks
whether anything that decided it has changed: the session's row, the password, the factors, every running
role. If anything has, or the session's time is over, the screen goes the whole way again, and ends there.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponseBase

from foundation import request_ids
from foundation.accounts import limits
from foundation.accounts.addresses import client_address
from foundation.actors import Actor

PATH = "/desk/list/"
MOST = 4096
Answer = Callable[[HttpRequest, Actor], HttpResponseBase]

_STANDING = """
    SELECT md5(session.session_data), md5(person.password), person.is_active,
        (SELECT array_agg(factor.id ORDER BY factor.id)
         FROM mfa_authenticator factor WHERE factor.user_id = person.id),
        (SELECT array_agg(concat_ws(',', held.id, held.role, body.id, held.team_id, body.is_active)
                          ORDER BY held.id)
         FROM accounts_membership held JOIN accounts_organisation body ON body.id = held.organisation_id
         WHERE held.user_id = person.id AND held.ended_at IS NULL)
    FROM accounts_session session JOIN accounts_user person ON person.id = session.user_id
    WHERE session.session_key = %s AND session.expire_date > now()
"""


@dataclass(frozen=True, slots=True)
class Known:
    """A screen that went the whole way: as whom, on what standing, and until when that holds."""

    actor: Actor
    standing: tuple[Any, ...]
    ends_at: float
    answer: Answer


_known: OrderedDict[str, Known] = OrderedDict()
_guard = Lock()


def remember(request: HttpRequest, actor: Actor, answer: Answer) -> None:
    """Called by the view at the end of the whole way: the next poll of this session may go the short one."""
    key = request.session.session_key
    standing = _standing(key) if key else None
    if key is None or standing is None:
        return
    ends_at = time.time() + limits.seconds_left(request.session)
    with _guard:
        _known[key] = Known(actor, standing, ends_at, answer)
        _known.move_to_end(key)
        while len(_known) > MOST:
            _known.popitem(last=False)


def _standing(session_key: str) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, [session_key])
        found: tuple[Any, ...] | None = cursor.fetchone()
    return found


class DeskDoorMiddleware:
    """Answers polls of known screens; everything else goes on as ever."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info == PATH and request.method == "GET" and "X-Harbour-Poll" in request.headers:
            known = self._let_in(request)
            if known is not None:
                actor = replace(known.actor, request_id=request_ids.current())
                return known.answer(request, actor)
        return self.get_response(request)

    @staticmethod
    def _let_in(request: HttpRequest) -> Known | None:
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        known = _known.get(key)
        if known is None or time.time() >= known.ends_at:
            return None
        same = client_address(request) == known.actor.source and _standing(key) == known.standing
        return known if same else None
