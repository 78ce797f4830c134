"""The page of one appeal and its Easy Read, each in English and in Welsh."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from appeals.projection import Published
from appeals.public import pages
from appeals.public.addresses import SIGNED_LATER, signed_until
from appeals.public.easy import lines_of
from appeals.public.reading import Found, files_of
from appeals.public.views.common import live_or_gone, not_kept, spoken
from foundation import access
from foundation.ui.languages import by_address


@access.public
@require_safe
@by_address
def appeal(request: HttpRequest, token: str) -> HttpResponse:
    """As `appeals.public.door` answers, for what it leaves: made anew, right though not quick."""
    found = live_or_gone(request, token)
    if isinstance(found, HttpResponse):
        return found
    language = _language_of(found)
    files = files_of([found.content_id]).get(found.content_id, [])
    page = pages.finished(token, found.shown, language, files)
    return not_kept(HttpResponse(pages.as_read(page, token, language)))


@access.public
@require_safe
@by_address
def easy(request: HttpRequest, token: str) -> HttpResponse:
    """Short sentences, large print, a sign beside each."""
    found = live_or_gone(request, token)
    if isinstance(found, HttpResponse):
        return found
    language = _language_of(found)
    files = files_of([found.content_id]).get(found.content_id, [])
    given = pages.context(token, found.shown, language, files)
    shown, signed = Published.from_json(found.shown[language]), signed_until(token)
    photo = pages.main_picture(given).replace(SIGNED_LATER, signed)
    given["lines"] = lines_of(shown, photo=photo)
    if other := given["other_href"]:
        given["other_href"] = f"{other}easy/"
    return not_kept(render(request, "appeals_public/easy.html", given))


def _language_of(found: Found) -> str:
    """The language of the page. Raises `Http404` where nobody wrote the appeal in it."""
    if spoken() not in found.shown:
        raise Http404
    return spoken()
