"""What every page of an appeal answers alike."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from appeals.enums import Language
from appeals.public.reading import Found, appeal_at
from foundation.ui.languages import is_welsh

NOT_INDEXED = "noindex, nofollow, noarchive"
NOT_KEPT = "no-store"


def spoken() -> Language:
    """The language of the page that is being answered."""
    return Language.WELSH if is_welsh() else Language.ENGLISH


def live_or_gone(request: HttpRequest, token: str) -> Found | HttpResponse:
    """The appeal, or the answer that it is gone. Raises `Http404` where nothing was shown here so far."""
    found = appeal_at(token)
    if found is None or found.is_awaited:
        raise Http404
    return found if found.is_live else gone(request)


def gone(request: HttpRequest) -> HttpResponse:
    """410, byte for byte the same whatever ended it."""
    return not_kept(render(request, "appeals_public/gone.html", status=410))


def not_kept(answer: HttpResponse) -> HttpResponse:
    """Nobody may keep it, and no search engine may list it."""
    answer["Cache-Control"] = NOT_KEPT
    answer["X-Robots-Tag"] = NOT_INDEXED
    return answer
