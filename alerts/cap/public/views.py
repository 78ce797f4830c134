"""The feed, each message and its picture: each read asks whether it may still be given out.

Nobody may keep them without asking again (`no-cache`): what has ended is gone at the next read.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from alerts.cap.models import PublicCapMessage
from alerts.cap.public import feed as atom
from alerts.cap.xml.names import CONTENT_TYPE
from foundation import access, pictures
from foundation.files import storage
from foundation.files.serving import sent

_GONE = "This message has ended or was replaced. The feed has what is live.\n"


@access.public
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Every live message."""
    rows = atom.live()
    tag = atom.tag_of(rows)
    if _knows(request, tag):
        return _told(HttpResponse(status=304), tag)
    return _told(HttpResponse(atom.written(rows), content_type=atom.CONTENT_TYPE), tag)


@access.public
@require_safe
def message(request: HttpRequest, identifier: str) -> HttpResponse:
    """One message, byte for byte as it was signed; 410 once it has ended, expired or was replaced."""
    row = _row(identifier)
    if not row.is_live or not row.document:
        return _gone()
    tag = f'"{row.digest[:32]}"'
    if _knows(request, tag):
        return _told(HttpResponse(status=304), tag)
    return _told(HttpResponse(row.document.encode(), content_type=CONTENT_TYPE), tag)


@access.public
@require_safe
def picture(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """The picture of a message, for as long as that is live and nobody took it away."""
    row = _row(identifier)
    if not row.is_live or row.has_lost_picture:
        return _gone()
    if not row.picture_name:
        raise Http404
    try:
        handle = storage.path_of(row.picture_name).open("rb")
    except OSError:
        raise Http404 from None
    answer = sent(handle, content_type=pictures.CONTENT_TYPE)
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    answer["Cache-Control"] = "no-store"
    return answer


def _row(identifier: str) -> PublicCapMessage:
    found = PublicCapMessage.objects.filter(identifier=identifier).first()
    if found is None:
        raise Http404
    return found


def _gone() -> HttpResponse:
    """The same whatever ended it."""
    answer = HttpResponse(_GONE, status=410, content_type="text/plain; charset=utf-8")
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return answer


def _knows(request: HttpRequest, tag: str) -> bool:
    known = request.headers.get("If-None-Match", "")
    return tag in [one.strip().removeprefix("W/") for one in known.split(",")]


def _told(answer: HttpResponse, tag: str) -> HttpResponse:
    if answer.status_code == 304:
        del answer.headers["Content-Type"]
    answer["ETag"] = tag
    answer["Cache-Control"] = "public, no-cache"
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return answer
