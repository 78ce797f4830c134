"""What went out as CAP, and the partners' systems that get it. For the charity."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alerts.cap import policies, selectors, senders, services
from alerts.cap.addresses import FEED, absolute
from alerts.cap.enums import TargetStatus
from alerts.cap.forms import TargetForm
from alerts.cap.models import PushTarget
from alerts.cap.states import KEEPERS
from foundation import access
from foundation.access import Refused
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt

keepers = access.roles(KEEPERS)
changers = access.roles(KEEPERS, fresh=True)


def _target(request: HttpRequest, reference: str) -> PushTarget:
    return get_object_or_404(selectors.targets_visible_to(actor_of(request)), reference=reference)


@keepers
@require_GET
def partners(request: HttpRequest) -> HttpResponse:
    """The systems, and what went out."""
    actor = actor_of(request)
    access.require(policies.may_keep_targets(actor))
    context = {
        "targets": selectors.targets_visible_to(actor),
        "sent": selectors.sent_to_partners(actor),
        "feed": absolute(FEED),
        "is_signed": senders.own_keys() is not None,
    }
    return render(request, "cap/partners.html", context)


@changers
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add one; its secret is shown on the answer and never again."""
    access.require(policies.may_keep_targets(actor_of(request)))
    form = TargetForm(request.POST if request.method == "POST" else None, cancel_href=reverse("cap:partners"))
    if request.method == "POST":
        done = attempt(form, lambda given: services.add_target(actor=actor_of(request), **given))
        if not isinstance(done, Failed):
            return render(request, "cap/secret.html", {"target": done})
    return render(request, "cap/add.html", {"form": form}, status=422 if form.is_bound else 200)


@keepers
@require_GET
def target(request: HttpRequest, reference: str) -> HttpResponse:
    """One system, and how what it was sent fared."""
    found = _target(request, reference)
    context = {
        "target": found,
        "pushes": selectors.pushes_of(found),
        "is_on": found.status == TargetStatus.ACTIVE,
    }
    return render(request, "cap/target.html", context)


@changers
@require_POST
def off(request: HttpRequest, reference: str) -> HttpResponse:
    """Turn it off."""
    return _changed(request, reference, services.turn_off, "Turned off. What was waiting is not sent.")


@changers
@require_POST
def on(request: HttpRequest, reference: str) -> HttpResponse:
    """Turn it on."""
    return _changed(request, reference, services.turn_on, "Turned on. What it missed is in the feed.")


@changers
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask first, then remove it."""
    found = _target(request, reference)
    if request.method != "POST":
        return render(request, "cap/remove.html", {"target": found})
    services.remove_target(actor=actor_of(request), target_id=found.pk)
    messages.success(request, "Removed. Nothing more is sent there.")
    return redirect("cap:partners")


def _changed(
    request: HttpRequest, reference: str, verb: Callable[..., PushTarget], words: str
) -> HttpResponse:
    found = _target(request, reference)
    try:
        verb(actor=actor_of(request), target_id=found.pk)
    except Refused as error:
        messages.error(request, error.refusal.message)
    else:
        messages.success(request, words)
    return redirect("cap:target", reference=reference)
