"""The whole way to what outlets read and say: right for every case, also where the short way was not."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from appeals.public.outlets import answers, check_ins, reading, throttle
from appeals.public.outlets.signatures import keys
from appeals.public.outlets.tokens import bearer_of, hash_of
from appeals.public.views.common import NOT_INDEXED
from appeals.services.taking import take_report
from foundation import access
from foundation.problems import Problem

View = Callable[..., HttpResponse]
_NO_OUTLET = "Send what opens your outlet as a Bearer token. The charity's publicity desk makes a new one."
_NO_PAGE = "There is no such page. Begin at the first and follow `next` from each page to the one behind it."


def for_machines(view: View) -> View:
    """Problems as problem details (RFC 9457)."""

    @wraps(view)
    def answered(request: HttpRequest, **given: str) -> HttpResponse:
        try:
            answer = view(request, **given)
        except Problem as problem:
            headers = {"WWW-Authenticate": "Bearer"} if problem.status == 401 else {}
            answer = problem.response(headers)
            answer.headers["Cache-Control"] = "no-store"
        answer.headers.setdefault("X-Robots-Tag", NOT_INDEXED)
        return answer

    return answered


@access.public
@require_safe
@for_machines
def feed(request: HttpRequest, key: str, ending: str) -> HttpResponse:
    """The feed at an address that opens it; 404 for a key that was never made, or was ended."""
    answer = _feed(request, key, ending)
    if answer is None:
        raise Http404
    return answer


@access.public
@require_safe
@for_machines
def feed_by_token(request: HttpRequest, ending: str) -> HttpResponse:
    """The same feed for who sends its key as a Bearer token."""
    answer = _feed(request, bearer_of(request), ending)
    if answer is None:
        raise Problem(401, "no_token", _NO_OUTLET)
    return answer


def _feed(request: HttpRequest, token: str, ending: str) -> HttpResponse | None:
    try:
        return answers.feed_answer(request, token, ending)
    except ValueError:
        raise Problem(400, "no_such_page", _NO_PAGE) from None


@access.public
@require_safe
@for_machines
def playlist(request: HttpRequest) -> HttpResponse:
    """What a player shows and drops."""
    token = bearer_of(request)
    throttle.require_room(token)
    answer = answers.playlist_answer(request, token)
    if answer is None:
        raise Problem(401, "no_token", _NO_OUTLET)
    return answer


@csrf_exempt
@access.public
@require_POST
@for_machines
def check_in(request: HttpRequest) -> HttpResponse:
    """What an outlet shows and what it dropped. A worker reads it; 202 says that it is kept."""
    token = bearer_of(request)
    throttle.require_room(token)
    outlet_id = reading.outlet_at(hash_of(token))
    if outlet_id is None:
        raise Problem(401, "no_token", _NO_OUTLET)
    take_report(kind="check_in", outlet_id=outlet_id, body=check_ins.read(request))
    return HttpResponse(json.dumps({"kept": True}), status=202, content_type="application/json")


@access.public
@require_safe
def key(request: HttpRequest) -> HttpResponse:
    """The public keys by which our signature is checked, the one in use first."""
    told = [{"key": one.name, "algorithm": "Ed25519", "public_key": one.public} for one in keys()]
    answer = HttpResponse(json.dumps({"keys": told}), content_type="application/json")
    answer.headers["X-Robots-Tag"] = NOT_INDEXED
    return answer
