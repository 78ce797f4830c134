"""Staff pages that belong to no service: the accessibility statement, getting help, robots."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from config import guides, navigation, overviews
from foundation import access
from foundation.accounts.enums import Role
from foundation.requests import actor_of
from missingcases.disclosure.policies import ASKERS


@access.public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement of the staff site; open to all, also before signing in."""
    return render(request, "staff/accessibility.html")


@access.public
@require_safe
def getting_help(request: HttpRequest) -> HttpResponse:
    """Whom to ask, the guides for one's roles, and which cookies the staff site sets."""
    actor = actor_of(request)
    shown = {"guides": guides.links_for(actor), "services": guides.service_links_for(actor)}
    return render(request, "staff/help.html", shown)


@access.signed_in
@require_safe
def guide(request: HttpRequest, name: str) -> HttpResponse:
    """One guide of `docs/guides/`."""
    if name not in guides.NAMES:
        raise Http404
    return render(request, "staff/guide.html", {"heading": guides.title(name), "text": guides.html_of(name)})


@access.public
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Nothing here is for robots."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")


@access.roles(ASKERS, Role.ADMINISTRATOR)
@require_safe
def data_protection(request: HttpRequest) -> HttpResponse:
    """What answers for personal data (`overviews.DATA_PROTECTION`)."""
    shown = navigation.offered(overviews.DATA_PROTECTION, actor_of(request))
    return render(request, "staff/administration.html", {"heading": "Data protection", "places": shown})


@access.roles(Role.ADMINISTRATOR)
@require_safe
def administration(request: HttpRequest) -> HttpResponse:
    """What there is to administer (`overviews.ADMINISTRATION`)."""
    shown = navigation.offered(overviews.ADMINISTRATION, actor_of(request))
    return render(request, "staff/administration.html", {"heading": "Administration", "places": shown})
