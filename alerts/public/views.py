"""Alerts in public, the whole way: right for every case, also where the short way is not (`door`)."""

from __future__ import annotations

import time

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alerts.enums import Language
from alerts.public import addresses, finished, pages, selectors
from alerts.public.answers import JSON_TYPE, answer_of, not_kept
from foundation import access
from foundation.files import storage
from foundation.files.serving import sent
from foundation.ui.languages import by_address, is_welsh

_EXPIRED = "This address is no longer good. Open the page of the alert again.\n"


@access.public
@require_safe
@by_address
def alert(request: HttpRequest, token: str) -> HttpResponse:
    """One alert. 410 once it has ended, 404 where none was issued or nobody wrote it in that language."""
    one = selectors.shown_at(token)
    if one is None:
        return _gone_or_never(request, token)
    if _spoken() not in one.words:
        raise Http404
    now = time.time()
    key = finished.key_of("page", _spoken(), frozenset({one.state}), now)
    made = finished.kept(key) or finished.keep(key, pages.page(one, _spoken(), now))
    return answer_of(request, made, _spoken())


@access.public
@require_safe
@by_address
def everything(request: HttpRequest) -> HttpResponse:
    """Every alert that is live."""
    found, now = selectors.all_shown(), time.time()
    key = finished.key_of("list", _spoken(), pages.states_of(found), now)
    made = finished.kept(key) or finished.keep(key, pages.everything(found, _spoken(), now))
    return answer_of(request, made, _spoken())


@access.public
@require_safe
@by_address
def live_json(request: HttpRequest) -> HttpResponse:
    """The same for systems."""
    found, now = selectors.all_shown(), time.time()
    key = finished.key_of("json", Language.ENGLISH, pages.states_of(found), now)
    made = finished.kept(key) or finished.keep(key, pages.as_json(found, now), content_type=JSON_TYPE)
    return answer_of(request, made, Language.ENGLISH)


@access.public
@require_safe
def picture(request: HttpRequest, token: str, until: str, signature: str) -> HttpResponseBase:
    """403 for an address that is not ours or whose time is over; 410 where its alert has ended."""
    if not addresses.is_signed(token, until, signature):
        return not_kept(HttpResponse(_EXPIRED, status=403, content_type="text/plain; charset=utf-8"))
    place = selectors.picture_of(token)
    if place is None:
        return _gone_or_never(request, token)
    try:
        handle = storage.path_of(place).open("rb") if place else None
    except OSError:
        handle = None
    if handle is None:
        raise Http404
    answer = sent(handle, content_type="image/jpeg")
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return answer


def _gone_or_never(request: HttpRequest, token: str) -> HttpResponse:
    """410, byte for byte the same whatever ended it. Raises `Http404` where nothing was ever shown."""
    if not selectors.was_issued(token):
        raise Http404
    return not_kept(render(request, "alerts_public/gone.html", status=410))


def _spoken() -> Language:
    return Language.WELSH if is_welsh() else Language.ENGLISH
