"""The public site's own pages. They set no cookie and remember nobody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from foundation import access
from foundation.ui.languages import by_address, is_welsh, path_in

_ROBOTS = "User-agent: *\nAllow: /\n"  # pages say noindex; a robot must be let in to read that


def _page(request: HttpRequest, template: str, path: str) -> HttpResponse:
    response = render(request, template, {"other_href": path_in(path, welsh=not is_welsh())})
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


@access.public
@require_safe
@cache_control(public=True, max_age=300)
@by_address
def home(request: HttpRequest) -> HttpResponse:
    """What this is and how to get help."""
    return _page(request, "public/home.html", "/")


@access.public
@require_safe
@cache_control(public=True, max_age=300)
@by_address
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return _page(request, "public/accessibility.html", "/accessibility/")


@access.public
@require_safe
@cache_control(public=True, max_age=300)
@by_address
def privacy(request: HttpRequest) -> HttpResponse:
    """The privacy notice."""
    return _page(request, "public/privacy.html", "/privacy/")


@access.public
@require_safe
@cache_control(public=True, max_age=300)
@by_address
def cookies(request: HttpRequest) -> HttpResponse:
    """Which cookies: none."""
    return _page(request, "public/cookies.html", "/cookies/")


@access.public
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """For robots: come in and read that nothing here may be kept."""
    return HttpResponse(_ROBOTS, content_type="text/plain")
