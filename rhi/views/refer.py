"""Referring a child by hand, and passing on once more what the force knows."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from foundation.exceptions import NotVisible
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from foundation.ui.forms import HarbourForm
from missingcases.models import Incident
from rhi import policies, selectors, services
from rhi.authorities import responsible_for
from rhi.forms.details import ReferForm, details_of
from rhi.services.opening import age_of, authorities
from rhi.views.common import coordinators, incident_of, referrers


@referrers
@require_http_methods(["GET", "POST"])
def refer(request: HttpRequest, reference: str) -> HttpResponse:
    """Refer the child of an incident."""
    actor = actor_of(request)
    incident = incident_of(request, reference)
    running = selectors.running_of(incident.pk) is not None
    age = age_of(incident, incident.returned_at or timezone.now())
    refusal = policies.may_refer(actor, incident, age=age, running=running)
    if refusal is not None and refusal.code == "not_visible":
        raise Http404("No such incident.")
    form = ReferForm(
        request.POST or None,
        authorities=authorities(),
        asks_time=incident.returned_at is None,
        asks_authority=responsible_for(incident).authority_id is None,
    )
    if request.method == "POST" and refusal is None:
        done = attempt(form, lambda data: _refer(request, incident, data))
        if not isinstance(done, Failed):
            messages.success(request, f"Referred, as {done.reference}.")
            return redirect(_back(incident))
    context = {"incident": incident, "form": form, "refusal": refusal, "back": _back(incident)}
    return render(request, "rhi/refer.html", context)


def _refer(request: HttpRequest, incident: Incident, data: dict[str, Any]) -> Any:
    authority = data.get("authority")
    return services.refer(
        actor=actor_of(request),
        incident_id=incident.pk,
        returned_at=data.get("returned_at"),
        authority_id=authority.pk if authority is not None else None,
        details=details_of(data),
    )


def _back(incident: Incident) -> str:
    return f"/incidents/{incident.reference}/services/"


class _PassOnForm(HarbourForm):
    submit_label = "Pass on what we know"


@coordinators
@require_http_methods(["GET", "POST"])
def pass_on(request: HttpRequest, reference: str) -> HttpResponse:
    """Pass on what the force knows now: name, birthday, flags, and the prevention interview in short."""
    actor = actor_of(request)
    incident = incident_of(request, reference)
    referral = selectors.running_of(incident.pk)
    if referral is None or incident.owner_id != actor.organisation_id:
        raise Http404("Nothing is open.")
    refusal = policies.may_pass_on(actor, referral)
    form = _PassOnForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and refusal is None:
        try:
            done = attempt(form, lambda _: services.pass_on(actor=actor, referral_id=referral.pk))
        except NotVisible:
            raise Http404("Nothing is open.") from None
        if not isinstance(done, Failed):
            messages.success(request, "Passed on. The copy before it is replaced.")
            return redirect(_back(incident))
    context = {"incident": incident, "form": form, "refusal": refusal, "back": _back(incident)}
    return render(request, "rhi/pass_on.html", context)
