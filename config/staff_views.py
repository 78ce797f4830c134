"""Staff pages that belong to no service: the accessibility statement, getting help, robots."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from config import navigation
from foundation import access
from foundation.accounts.enums import Role
from foundation.requests import actor_of


@access.public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement of the staff site; open to all, also before signing in."""
    return render(request, "staff/accessibility.html")


@access.public
@require_safe
def getting_help(request: HttpRequest) -> HttpResponse:
    """Whom to ask, and which cookies the staff site sets."""
    return render(request, "staff/help.html")


@access.public
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Nothing here is for robots."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")


@access.roles(Role.ADMINISTRATOR)
@require_safe
def administration(request: HttpRequest) -> HttpResponse:
    """What there is to administer (`navigation.ADMINISTRATION`)."""
    shown = navigation.offered(navigation.ADMINISTRATION, actor_of(request))
    return render(request, "staff/administration.html", {"places": shown})
