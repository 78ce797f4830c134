"""Giving a referral to an interviewer, and settling what an interviewer feared."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from foundation.access import Refused
from foundation.exceptions import Invalid, Stale
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from rhi import policies, selectors, services
from rhi.forms.contacts import SettleForm
from rhi.models import Referral
from rhi.selectors.telling import called
from rhi.views.common import allocators, referral_of
from rhi.views.frame import desk


@allocators
@require_http_methods(["GET", "POST"])
def allocate(request: HttpRequest, reference: str) -> HttpResponse:
    """Everybody who could interview the child, the best for them first."""
    actor = actor_of(request)
    referral = referral_of(request, reference)
    if request.method == "POST" and _allocate(request, referral):
        return redirect("rhi:referral", reference=reference)
    context = desk(
        request,
        "board",
        referral=selectors.referral_named(actor, reference),
        child=called(referral),
        suggestions=selectors.suggestions(actor, referral),
        refusal=policies.may_allocate(actor, referral),
    )
    return render(request, "rhi/allocate.html", context)


def _allocate(request: HttpRequest, referral: Referral) -> bool:
    try:
        services.allocate(
            actor=actor_of(request),
            referral_id=referral.pk,
            interviewer_id=_number(request, "interviewer"),
            version=_number(request, "version"),
        )
    except Refused as refused:
        messages.error(request, refused.refusal.message)
    except Invalid as problem:
        messages.error(request, " ".join(problem.problems.values()))
    except Stale:
        messages.error(request, "A colleague changed this meanwhile. Look again, then choose.")
    else:
        messages.success(request, "Given to the interviewer.")
        return True
    return False


def _number(request: HttpRequest, name: str) -> int:
    given = request.POST.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 12 else 0


@allocators
@require_http_methods(["GET", "POST"])
def settle(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what was done about the oldest concern that waits."""
    actor = actor_of(request)
    referral = referral_of(request, reference)
    concern = referral.concerns.filter(settled_at__isnull=True).order_by("pk").first()
    if concern is None:
        raise Http404("No concern waits.")
    form = SettleForm(request.POST or None)
    refusal = policies.may_settle(actor, referral, concern)
    if request.method == "POST" and refusal is None:
        done = attempt(
            form,
            lambda data: services.settle_concern(
                actor=actor, concern_id=concern.pk, settlement=data["words"]
            ),
        )
        if not isinstance(done, Failed):
            messages.success(request, "What was done is kept with the record.")
            return redirect("rhi:referral", reference=reference)
    about = {"referral": referral, "child": called(referral), "concern": concern}
    context = desk(request, "board", form=form, refusal=refusal, **about)
    return render(request, "rhi/settle.html", context)
