"""The answers to feeds and playlists: whole, unchanged, or None where no outlet has that token.

An answer of 304 is given after the same look as a whole one: what is unchanged is unchanged now. Times of
whole seconds cannot prove that, so `If-Modified-Since` is not answered and no `Last-Modified` is told.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from appeals.public.addresses import absolute
from appeals.public.outlets import atom, json_feed, playlist, reading
from appeals.public.outlets.reading import Cursor, Page
from appeals.public.outlets.signatures import HEADER, signature_of
from appeals.public.outlets.tokens import hash_of
from appeals.public.views.common import NOT_INDEXED
from appeals.services.taking import take_report
from foundation.files.signing import STEP_SECONDS

NOT_STORED = "private, no-cache"
FORMATS: dict[str, tuple[str, Callable[..., bytes]]] = {
    "atom": (atom.CONTENT_TYPE, atom.written),
    "json": (json_feed.CONTENT_TYPE, json_feed.written),
}


def feed_answer(request: HttpRequest, token: str, ending: str) -> HttpResponse | None:
    """One page of an outlet's feed. Raises `ValueError` for a cursor that is not ours."""
    cursor, now = _cursor(request), time.time()
    # Addresses of pictures are signed anew at every step, and what bears them is another answer then.
    place = sha256(f"{request.path}|{int(now) // STEP_SECONDS}|{cursor}".encode()).hexdigest()[:16]
    page = reading.page_of(hash_of(token), cursor, _known_of(request, place))
    if page is None:
        return None
    tag = f'"{place}-{page.told}"'
    if not page.is_news:
        return _unchanged(tag)
    content_type, written = FORMATS[ending]
    body = written(page, now=now, **_addresses(request, page))
    _note_read(request, page.outlet_id, page.untold)
    return _whole(body, tag, content_type)


def _known_of(request: HttpRequest, place: str) -> str:
    """Which state of this very page the reader has."""
    for one in request.META.get("HTTP_IF_NONE_MATCH", "").split(","):
        name, _, told = one.strip().removeprefix("W/").strip('"').partition("-")
        if name == place:
            return str(told)
    return ""


def playlist_answer(request: HttpRequest, token: str) -> HttpResponse | None:
    """The playlist of an outlet, with what it is to drop."""
    board = reading.board_of(hash_of(token))
    if board is None:
        return None
    body = playlist.written(board, time.time())
    _note_read(request, board.outlet_id, board.untold)
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    return _unchanged(tag) if _knows(request, tag) else _whole(body, tag, playlist.CONTENT_TYPE)


def _cursor(request: HttpRequest) -> Cursor:
    if not request.META.get("QUERY_STRING"):
        return Cursor()
    if set(request.GET) != {"before"}:
        raise ValueError("not a page of ours")
    return Cursor.read(request.GET["before"])


def _addresses(request: HttpRequest, page: Page) -> dict[str, str]:
    first, query = absolute(request.path), request.META.get("QUERY_STRING", "")
    behind = f"{first}?before={page.next_cursor}" if page.next_cursor else ""
    return {"here": f"{first}?{query}" if query else first, "first": first, "behind": behind}


def _knows(request: HttpRequest, tag: str) -> bool:
    known = request.META.get("HTTP_IF_NONE_MATCH", "")
    return tag in [one.strip().removeprefix("W/") for one in known.split(",")]


def _note_read(request: HttpRequest, outlet_id: int, untold: list[str]) -> None:
    """That this outlet was told: a worker writes it down."""
    if untold and request.method == "GET":
        take_report(kind="read", outlet_id=outlet_id, body={"gone": untold})


def _unchanged(tag: str) -> HttpResponse:
    answer = HttpResponse(status=304)
    del answer.headers["Content-Type"]
    return _signed(answer, tag, b"")


def _whole(body: bytes, tag: str, content_type: str) -> HttpResponse:
    answer = HttpResponse(body, content_type=content_type)
    answer.headers["Content-Length"] = str(len(body))
    return _signed(answer, tag, body)


def _signed(answer: HttpResponse, tag: str, body: bytes) -> HttpResponse:
    own = {
        "ETag": tag,
        "Cache-Control": NOT_STORED,
        "X-Robots-Tag": NOT_INDEXED,
        "Vary": "Authorization",
        HEADER: signature_of(tag, body),
        "Content-Language": settings.LANGUAGE_CODE,
        "X-Frame-Options": "DENY",
    }
    for name, value in own.items():
        answer.headers[name] = value
    return answer
