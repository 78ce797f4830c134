"""The page of one appeal, in English, in Welsh and in Easy Read."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from appeals.enums import Language
from appeals.projection import Published
from appeals.public import pages
from appeals.public.addresses import SIGNED_LATER, signed_until
from appeals.public.easy import lines_of
from appeals.public.reading import files_of
from appeals.public.views.common import live_or_gone, not_kept
from foundation import access


@access.public
@require_safe
def appeal(request: HttpRequest, token: str, language: str = Language.ENGLISH) -> HttpResponse:
    """As `appeals.public.door` answers, for what it leaves: made anew, right though not quick."""
    found = live_or_gone(request, token)
    if isinstance(found, HttpResponse):
        return found
    if language not in found.shown:
        raise Http404
    files = files_of([found.content_id]).get(found.content_id, [])
    page = pages.finished(token, found.shown, language, files)
    return not_kept(HttpResponse(page.replace(SIGNED_LATER, signed_until(token))))


@access.public
@require_safe
def easy(request: HttpRequest, token: str) -> HttpResponse:
    """Short sentences, large print, a sign beside each."""
    found = live_or_gone(request, token)
    if isinstance(found, HttpResponse):
        return found
    language = Language.ENGLISH if Language.ENGLISH in found.shown else next(iter(found.shown))
    files = files_of([found.content_id]).get(found.content_id, [])
    given = pages.context(token, found.shown, language, files)
    shown, signed = Published.from_json(found.shown[language]), signed_until(token)
    photo = pages.main_picture(given).replace(SIGNED_LATER, signed)
    return not_kept(
        render(request, "appeals_public/easy.html", {**given, "lines": lines_of(shown, photo=photo)})
    )
