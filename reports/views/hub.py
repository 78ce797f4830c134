"""Pages of figures."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from foundation import access
from foundation.requests import actor_of
from foundation.ui.reach import can_open
from reports.hub import PLACES, READERS_OF_THE_HUB


@access.roles(READERS_OF_THE_HUB)
@require_safe
def hub(request: HttpRequest) -> HttpResponse:
    """What there is of figures (`reports.hub.PLACES`); a page that is not for one is left out."""
    actor = actor_of(request)
    shown = [
        {"label": one.label, "href": href, "purpose": one.purpose}
        for one in PLACES
        if one.admits(actor) and (href := _address(one.url_name)) and can_open(actor, one.url_name)
    ]
    return render(request, "staff/administration.html", {"heading": "Figures", "places": shown})


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
