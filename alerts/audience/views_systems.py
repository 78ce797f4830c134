"""Partners' systems for whoever looks after the audience: which get alerts, which rehearsals too."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from alerts.audience import policies, selectors, services
from alerts.audience.states import KEEPERS
from foundation import access
from foundation.access import Refused, require
from foundation.exceptions import NotVisible
from foundation.requests import actor_of

keeper = access.roles(KEEPERS)


@keeper
@require_GET
def systems(request: HttpRequest) -> HttpResponse:
    """Every system that gets alerts. Of its address the host is shown, of its contact nothing."""
    actor = actor_of(request)
    require(policies.may_manage(actor))
    return render(request, "audience/systems.html", {"systems": selectors.systems(actor)})


@keeper
@require_POST
def rehearse(request: HttpRequest, system: int) -> HttpResponse:
    """Rehearsals go there too."""
    said = "Rehearsals go there too from now on, marked as exercises."
    return _done(request, lambda: services.rehearse(actor=actor_of(request), system_id=system), said)


@keeper
@require_POST
def rehearse_no_more(request: HttpRequest, system: int) -> HttpResponse:
    """Rehearsals go there no more."""
    said = "No rehearsals go there any more. Alerts still do."
    return _done(request, lambda: services.rehearse_no_more(actor=actor_of(request), system_id=system), said)


@keeper
@require_POST
def remove(request: HttpRequest, system: int) -> HttpResponse:
    """Nothing goes there any more."""
    said = "Nothing goes there any more. Its contact is told by e-mail."
    return _done(request, lambda: services.remove_system(actor=actor_of(request), system_id=system), said)


def _done(request: HttpRequest, do: Callable[[], object], said: str) -> HttpResponse:
    require(policies.may_manage(actor_of(request)))
    try:
        do()
    except NotVisible:
        raise Http404 from None
    except Refused as refused:
        messages.info(request, refused.refusal.message)
    else:
        messages.success(request, said)
    return redirect("audience:systems")
