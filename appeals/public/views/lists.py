"""What is shown now, by area and by words."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from appeals.enums import Language
from appeals.printing.words import day
from appeals.projection import Published
from appeals.public import pages, reading
from appeals.public.addresses import SIGNED_LATER, page_path, picture_path, signed_until
from appeals.public.pages import File
from appeals.public.views.common import not_kept, spoken
from foundation import access
from foundation.ui.languages import by_address, is_welsh, path_in

_CURSOR = re.compile(r"(?P<at>\d{1,17})\.(?P<reference>[A-Z]{2}-[0-9A-Z]{4,12})\.(?P<turn>\d{1,5})", re.ASCII)


@access.public
@require_safe
@by_address
def everywhere(request: HttpRequest) -> HttpResponse:
    """All that is shown, the newest first; `q` looks in names, areas and references."""
    return _list(request, None)


@access.public
@require_safe
@by_address
def in_area(request: HttpRequest, code: str) -> HttpResponse:
    """The same for one area and all that lies within it."""
    area = reading.area_at(code)
    if area is None:
        raise Http404
    return _list(request, area)


def _list(request: HttpRequest, area: dict[str, Any] | None) -> HttpResponse:
    asked = request.GET.get("q", "").replace("\x00", "")[: reading.LONGEST_QUERY].strip()
    plain = f"/appeals/in/{area['code']}/" if area else "/appeals/"
    rows = reading.live(area_id=area["id"] if area else None, words=asked)
    cursor = _CURSOR.fullmatch(request.GET.get("after", ""))
    turn = int(cursor["turn"]) if cursor else 0
    is_end = turn > reading.MOST_PAGES_BACK
    if cursor:
        rows = reading.after(rows, _moment(cursor["at"]), cursor["reference"])
    found = [] if is_end else reading.listed(rows)
    shown = _cards(found[: reading.PAGE])
    given = {
        "area": area,
        "here": path_in(plain, welsh=is_welsh()),
        "other_href": path_in(plain, welsh=not is_welsh()),
        "list_href": path_in("/appeals/", welsh=is_welsh()),
        "asked": asked,
        "crumbs": _crumbs(area),
        "inner": reading.within(area["id"] if area else None),
        "rows": shown,
        "is_end": is_end,
        "older": _older(found, asked, turn) if len(found) > reading.PAGE else "",
    }
    return not_kept(render(request, "appeals_public/list.html", given))


def _moment(microseconds: str) -> datetime:
    return datetime.fromtimestamp(min(int(microseconds), 10**16) / 1e6, tz=UTC)


def _older(found: list[dict[str, Any]], asked: str, turn: int) -> str:
    last = found[reading.PAGE - 1]
    at = int(last["published_at"].timestamp() * 1e6 + 0.5)
    words = {"q": asked} if asked else {}
    return "?" + urlencode({**words, "after": f"{at}.{last['reference']}.{turn + 1}"})


def _cards(found: list[dict[str, Any]]) -> list[dict[str, object]]:
    files = reading.files_of([one["content_id"] for one in found])
    cards = []
    for row in found:
        language = spoken() if spoken() in row["shown"] else next(iter(row["shown"]))
        one = Published.from_json(row["shown"][language])
        cards.append(
            {
                "one": one,
                "href": page_path(row["token"], language=language),
                "in_english": is_welsh() and language == Language.ENGLISH,
                "since": day(one.missing_since, spoken()),
                "picture": _smallest(row["token"], files.get(row["content_id"], [])),
            }
        )
    return cards


def _smallest(token: str, files: list[File]) -> str:
    kind = pages.size_kind(pages.SIZES[0])
    paths = [picture_path(token, kind, one.content_type) for one in files if one.kind == kind]
    return paths[0].replace(SIGNED_LATER, signed_until(token)) if paths else ""


def _crumbs(area: dict[str, Any] | None) -> list[dict[str, str]]:
    first = {"label": gettext("Home"), "href": path_in("/", welsh=is_welsh())}
    everywhere, list_href = gettext("Appeals"), path_in("/appeals/", welsh=is_welsh())
    if area is None:
        return [first, {"label": everywhere, "href": ""}]
    above = [
        {"label": one["name"], "href": f"{list_href}in/{one['code']}/"} for one in reading.way_to(area["id"])
    ]
    return [first, {"label": everywhere, "href": list_href}, *above, {"label": area["name"], "href": ""}]
