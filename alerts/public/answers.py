"""The answers of both ways, the short one and the whole one: the same bytes and headers.

Nobody may show a page without asking (`no-store`); who asks again and again is told that nothing changed.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from alerts.public.finished import Finished
from foundation.ui.languages import WELSH

NOT_INDEXED = "noindex, nofollow, noarchive"
NOT_KEPT = "no-store"
JSON_TYPE = "application/json"


def answer_of(request: HttpRequest, made: Finished, language: str) -> HttpResponse:
    """A finished answer, or that whoever asks has it already."""
    if made.tag in _known(request):
        answer = HttpResponse(status=304)
        del answer.headers["Content-Type"]
    else:
        answer = HttpResponse(made.body, content_type=made.content_type)
        answer.headers["Content-Length"] = str(len(made.body))
    answer.headers["ETag"] = made.tag
    answer.headers["Content-Language"] = WELSH if language == WELSH else settings.LANGUAGE_CODE
    if made.content_type == JSON_TYPE:
        # Nothing here depends on who asks, and no cookie is read: any page may fetch it, a 304 as well.
        answer.headers["Access-Control-Allow-Origin"] = "*"
        answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return not_kept(answer)


def not_kept(answer: HttpResponse) -> HttpResponse:
    """Nobody may keep it, frame it, or list it where things are searched."""
    answer.headers["Cache-Control"] = NOT_KEPT
    answer.headers["X-Robots-Tag"] = NOT_INDEXED
    answer.headers["X-Frame-Options"] = "DENY"
    return answer


def _known(request: HttpRequest) -> list[str]:
    given = request.META.get("HTTP_IF_NONE_MATCH", "")
    return [one.strip().removeprefix("W/") for one in given.split(",")] if given else []
