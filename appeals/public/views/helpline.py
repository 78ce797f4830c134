"""What other sites embed: the helpline's fragment, the same for everybody."""

from __future__ import annotations

from hashlib import sha256

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe
from django.views.decorators.vary import vary_on_headers

from appeals import helpline
from appeals.enums import Language
from appeals.public.views.common import NOT_INDEXED
from foundation import access

_KEPT_SECONDS = 3600
_FORMATS = ("html", "json")


def _asked(request: HttpRequest) -> tuple[str, str] | None:
    """Language and format; None where there is no such."""
    language = request.GET.get("lang", Language.ENGLISH)
    chosen = request.GET.get("format") or ("json" if _prefers_json(request) else "html")
    return (language, chosen) if language in Language.values and chosen in _FORMATS else None


def _prefers_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def _tag(request: HttpRequest) -> str | None:
    asked = _asked(request)
    if asked is None:
        return None
    language, chosen = asked
    body = str(helpline.as_json(language))
    return f'"{sha256(f"{chosen} {body}".encode()).hexdigest()[:32]}"'


@access.public
@require_safe
@cache_control(public=True, max_age=_KEPT_SECONDS)
@vary_on_headers("Accept")
def fragment(request: HttpRequest) -> HttpResponse:
    """HTML to put into a page as it is, or its parts as JSON. Any site may read it; none may frame it."""
    asked = _asked(request)
    if asked is None:
        words = "There is lang=en and lang=cy, format=html and format=json.\n"
        answer = HttpResponse(words, status=400, content_type="text/plain; charset=utf-8")
    else:
        answer = _unless_known(request)
        answer.headers["Content-Language"] = asked[0]
    # Nothing here depends on who asks, and no cookie is read: any page may fetch it, a 304 as well.
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer.headers["X-Robots-Tag"] = NOT_INDEXED
    return answer


@condition(etag_func=_tag)
def _unless_known(request: HttpRequest) -> HttpResponse:
    language, chosen = _asked(request) or (Language.ENGLISH, "html")
    if chosen == "json":
        return JsonResponse(helpline.as_json(language), json_dumps_params={"ensure_ascii": False})
    return HttpResponse(helpline.as_html(language))
