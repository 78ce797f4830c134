"""The page of an appeal as Django's own guides write one: `get_object_or_404`, related rows, a template."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from appeals.models import Appeal, Rendition
from appeals.projection import published
from appeals.public import pages
from foundation import access


@access.public
def appeal(request: HttpRequest, token: str) -> HttpResponse:
    """What ours shows, looked up and rendered at each request."""
    found = get_object_or_404(Appeal.objects.select_related("incident", "organisation"), token=token)
    if found.status != "live" or not found.incident.is_open:
        raise Http404
    content = found.contents.select_related("area", "appeal", "picture").order_by("-number").first()
    if content is None:
        raise Http404
    wordings = list(content.wordings.all())
    shown = {
        language: published(content, wordings, language=language).as_json()
        for language in {one.language for one in wordings}
    }
    files = [pages.File(one.kind, one.content_type) for one in Rendition.objects.filter(content=content)]
    return render(request, pages.TEMPLATE, pages.context(token, shown, "en", files))
