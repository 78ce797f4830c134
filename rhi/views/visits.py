"""Visits: one's own, those that called, and saying that one is safe."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.access import Refused
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from foundation.ui.reasons import ReasonForm
from foundation.visits.enums import ON_THE_WAY, VisitMarker, VisitStatus
from rhi import policies, selectors, services
from rhi.forms.contacts import SettleForm
from rhi.services import reading
from rhi.views.common import allocators, visit_of, workers
from rhi.views.frame import desk


@workers
@require_GET
def visits(request: HttpRequest) -> HttpResponse:
    """One's own visits, those that called, and who else is out there."""
    actor = actor_of(request)
    out = selectors.visits_visible_to(actor).filter(status__in=sorted(ON_THE_WAY))
    others = out.exclude(worker_id=actor.user_id).filter(called=0).order_by("starts_at")[:50]
    context = desk(
        request,
        "visits",
        own=selectors.own_visits(actor),
        alarms=selectors.alarms_of(actor),
        others=others,
    )
    return render(request, "rhi/visits.html", context)


@workers
@require_GET
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """Where somebody is, with whom, and until when."""
    actor = actor_of(request)
    visit = visit_of(request, reference)
    reading.record_visit_opened(actor=actor, visit=visit)
    profile = selectors.profiles_of(visit.referral.provider_id).get(visit.worker_id)
    context = desk(
        request,
        "visits",
        visit=visit,
        markers=[VisitMarker(one).label for one in visit.markers],
        telephone=profile.telephone if profile else "",
        is_own=visit.worker_id == actor.user_id,
        may_begin=policies.may_move_visit(actor, visit, VisitStatus.UNDER_WAY) is None,
        may_end=policies.may_move_visit(actor, visit, VisitStatus.ENDED) is None,
        may_cancel=policies.may_move_visit(actor, visit, VisitStatus.CANCELLED) is None,
        may_resolve=policies.may_resolve_visit(actor, visit) is None,
    )
    return render(request, "rhi/visit.html", context)


def _do(request: HttpRequest, reference: str, verb: Callable[..., object], said: str) -> HttpResponse:
    visit = visit_of(request, reference)
    try:
        verb(actor=actor_of(request), visit_id=visit.pk)
    except Refused as refused:
        messages.error(request, refused.refusal.message)
    else:
        messages.success(request, said)
    return redirect("rhi:visit", reference=reference)


@workers
@require_POST
def check_in(request: HttpRequest, reference: str) -> HttpResponse:
    """I am there."""
    said = "You are there. Say here when you are away again."
    return _do(request, reference, services.check_in, said)


@workers
@require_POST
def check_out(request: HttpRequest, reference: str) -> HttpResponse:
    """I am away and safe."""
    return _do(request, reference, services.check_out, "You are away and safe. Nobody is called.")


@workers
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """I am not going."""
    actor = actor_of(request)
    visit = visit_of(request, reference)
    refusal = policies.may_move_visit(actor, visit, VisitStatus.CANCELLED)
    form = ReasonForm(request.POST or None, submit_label="Call the visit off")
    if request.method == "POST" and refusal is None:
        done = attempt(
            form, lambda data: services.cancel_visit(actor=actor, visit_id=visit.pk, reason=data["reason"])
        )
        if not isinstance(done, Failed):
            messages.success(request, "The visit is called off.")
            return redirect("rhi:visits")
    context = desk(
        request, "visits", visit=visit, form=form, refusal=refusal, page_title="Call the visit off"
    )
    return render(request, "rhi/visit_verb.html", context)


@allocators
@require_http_methods(["GET", "POST"])
def resolve(request: HttpRequest, reference: str) -> HttpResponse:
    """What became of a worker who was not heard of."""
    actor = actor_of(request)
    visit = visit_of(request, reference)
    refusal = policies.may_resolve_visit(actor, visit)
    form = SettleForm(request.POST or None)
    if request.method == "POST" and refusal is None:
        done = attempt(
            form,
            lambda data: services.resolve_visit(actor=actor, visit_id=visit.pk, resolution=data["words"]),
        )
        if not isinstance(done, Failed):
            messages.success(request, "Settled. Nobody is called any more.")
            return redirect("rhi:visits")
    context = desk(
        request, "visits", visit=visit, form=form, refusal=refusal, page_title="What became of the worker?"
    )
    return render(request, "rhi/visit_verb.html", context)
