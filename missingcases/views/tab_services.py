"""What services do for one incident: their own cards, on a page that knows no service."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from foundation import access
from foundation.contributions import services_for, underway_for
from missingcases.views.frame import case_for, framed
from missingcases.views.readers import READERS


@access.roles(READERS)
@require_GET
def services(request: HttpRequest, reference: str) -> HttpResponse:
    """A card for each service, with what can be asked of it now."""
    case = case_for(request, reference, record=False)
    context = framed(
        case,
        "services",
        "Services",
        cards=services_for(case.actor, case.incident.pk),
        underway=[] if case.incident.is_open else underway_for(case.actor, case.incident.pk),
    )
    return render(request, "missingcases/services.html", context)
