"""Pages about backups, and about what a restored system holds back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation import access
from foundation.access import require
from foundation.accounts.enums import OPERATORS
from foundation.backups import selectors
from foundation.backups.enums import Step
from foundation.backups.forms import AskForm, ConfirmForm
from foundation.backups.models import HoldStep
from foundation.backups.policies import may_ask, may_confirm, may_see_holds
from foundation.backups.services import holding
from foundation.backups.tasks import catch_up as catch_up_task
from foundation.requests import actor_of
from foundation.tasks import send_or_leave

releaser = access.roles(OPERATORS)
fresh_releaser = access.roles(OPERATORS, fresh=True)


@releaser
@require_GET
def hold(request: HttpRequest) -> HttpResponse:
    """What a restore holds back, what was found out since, and the backups that were made."""
    actor = actor_of(request)
    require(may_see_holds(actor))
    found = selectors.newest_hold()
    steps = found.steps.all() if found else ()
    lines = [
        {
            "step": step,
            "keep": f"Keep held: {Step(step.step).label}",
            "to_confirm": step.asked_at is not None and step.released_at is None,
            "refusal": may_confirm(actor, step) if step.asked_at else may_ask(actor, step),
        }
        for step in steps
    ]
    context = {
        "tab": "hold",
        "hold": found,
        "lines": lines,
        "is_held": any(step.released_at is None for step in steps),
        "backups": selectors.newest_backups(),
    }
    return render(request, "backups/hold.html", context)


@fresh_releaser
@require_http_methods(["GET", "POST"])
def release(request: HttpRequest, step_id: int) -> HttpResponse:
    """Ask for one step's release or, as the second person, confirm it."""
    actor = actor_of(request)
    require(may_see_holds(actor))
    step = get_object_or_404(HoldStep.objects.select_related("hold"), pk=step_id)
    is_second = step.asked_at is not None
    refusal = may_confirm(actor, step) if is_second else may_ask(actor, step)
    if refusal is not None:
        messages.info(request, refusal.message)
        return redirect("backups:hold")
    form = (ConfirmForm if is_second else AskForm)(request.POST or None)
    if form.is_valid():
        verb = holding.confirm_release if is_second else holding.ask_release
        verb(actor=actor, step_id=step.pk, reason=form.cleaned_data["reason"])
        words = "Released." if is_second else "Asked for. A second person confirms it."
        messages.success(request, f"{Step(step.step).label}: {words}")
        return redirect("backups:hold")
    context = {"tab": "hold", "step": step, "form": form, "is_second": is_second}
    return render(request, "backups/release.html", context)


@releaser
@require_POST
def withdraw(request: HttpRequest, step_id: int) -> HttpResponse:
    """Take the asking back: what is held stays held."""
    holding.withdraw_ask(actor=actor_of(request), step_id=get_object_or_404(HoldStep, pk=step_id).pk)
    messages.success(request, "Taken back. It stays held.")
    return redirect("backups:hold")


@releaser
@require_POST
def catch_up(request: HttpRequest) -> HttpResponse:
    """Have the ledger gone through and the provider asked once more."""
    require(may_see_holds(actor_of(request)))
    found = selectors.newest_hold()
    if found is not None:
        queued = send_or_leave(catch_up_task, found.pk, lane="normal")
        words = "It is being looked through. Reload this page in a minute."
        failed = "Nothing could be started: the queue does not answer. Try again in a minute."
        (messages.success if queued else messages.error)(request, words if queued else failed)
    return redirect("backups:hold")
