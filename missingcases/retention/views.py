"""How long records are kept, what is due, what is held, and what was anonymised."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation import access
from foundation.access import Refused
from foundation.actors import Actor
from foundation.contributions import Retention, retention
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from missingcases.forms.base import body_of
from missingcases.retention import policies, selectors, services
from missingcases.retention.enums import Came, RunStatus
from missingcases.retention.forms import HoldForm, LiftForm, PeriodForm
from missingcases.retention.states import PROPOSERS, RUN, STARTERS
from missingcases.views.common import go, show, visible
from missingcases.views.verbs import posted

read_or_write = require_http_methods(["GET", "POST"])


@access.roles(policies.READERS)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """The period in force and before, what is due by it, the runs, and the rules of the house."""
    actor = actor_of(request)
    days = selectors.keep_days(body_of(actor))
    due, sample = selectors.preview(actor, timezone.now() - timedelta(days=days))
    context = {
        "days": days,
        "least": selectors.LEAST_DAYS,
        "periods": list(selectors.periods_of(actor)[:20]),
        "due": due,
        "cap": selectors.CAP,
        "sample": sample,
        "runs": list(selectors.runs_of(actor)[:20]),
        "schedules": [_schedule(actor, one) for one in selectors.rules_of(actor)],
        "rules": sorted({(one.model, one.rule) for one in retention()}),
        "erased": sorted({one.model for one in retention() if one.erase}),
        "may_set": policies.may_set(actor) is None,
        "propose_refusal": policies.may_propose(actor),
    }
    return render(request, "retention/overview.html", context)


def _schedule(actor: Actor, rule: Retention) -> dict[str, Any]:
    """One kind with a period of its own, and what is due of it."""
    days = selectors.keep_days(body_of(actor), rule)
    due, sample = selectors.preview_rows(actor, rule, timezone.now() - timedelta(days=days))
    return {"schedule": rule.schedule, "days": days, "due": due, "sample": sample}


def _form(
    request: HttpRequest, form: Any, heading: str, back: str, run: Any, said: str, **more: Any
) -> HttpResponse:
    if request.method == "POST" and not isinstance(attempt(form, run), Failed):
        return go(request, back, said=said)
    return show(request, "retention/verb.html", {"form": form, "heading": heading, "back": back, **more})


@access.roles(policies.SETTERS, fresh=True)
@read_or_write
def set_period(request: HttpRequest, key: str = "") -> HttpResponse:
    """How long the organisation keeps an incident that has ended, or another kind of record."""
    actor, back = actor_of(request), reverse("retention:overview")
    rule = visible(lambda: selectors.rule_named(actor, key)) if key else None
    limits, what = "Six years are 2,192 days. It cannot be shorter.", "ended incidents"
    if rule is not None and rule.schedule is not None:
        what = rule.schedule.title.lower()
        limits = f"From {rule.schedule.least.days:,} to {rule.schedule.longest.days:,} days."
    form = PeriodForm(
        **posted(request),
        initial={"days": selectors.keep_days(body_of(actor), rule)},
        cancel_href=back,
        limits=limits,
    )
    return _form(
        request,
        form,
        f"How long {what} are kept",
        back,
        lambda answers: services.set_period(actor=actor, key=key, **answers),
        "The period is set. Nothing is anonymised before two people have it done.",
    )


@access.roles(policies.READERS)
@require_GET
def holds(request: HttpRequest) -> HttpResponse:
    """What is kept whatever its period says."""
    actor = actor_of(request)
    found = list(selectors.holds_of(actor)[:200])
    context = {
        "standing": [one for one in found if one.lifted_at is None],
        "lifted": [one for one in found if one.lifted_at is not None],
        "today": timezone.localdate(),
        "may_hold": policies.may_hold(actor) is None,
    }
    return render(request, "retention/holds.html", context)


@access.roles(policies.HOLDERS)
@read_or_write
def place(request: HttpRequest) -> HttpResponse:
    """Keep something from being erased."""
    actor, back = actor_of(request), reverse("retention:holds")
    return _form(
        request,
        HoldForm(**posted(request), cancel_href=back),
        "Place a legal hold",
        back,
        lambda answers: services.place_hold(actor=actor, **answers),
        "The hold stands. Nothing of it is erased or anonymised until it is lifted.",
    )


@access.roles(policies.HOLDERS)
@read_or_write
def lift(request: HttpRequest, reference: str) -> HttpResponse:
    """Let retention go on."""
    actor, back = actor_of(request), reverse("retention:holds")
    hold = visible(lambda: selectors.hold_named(actor, reference))
    return _form(
        request,
        LiftForm(**posted(request), cancel_href=back),
        f"Lift the hold {hold.reference}",
        back,
        lambda answers: services.lift_hold(actor=actor, hold_id=hold.pk, reason=answers["reason"]),
        "The hold is lifted.",
    )


@access.roles(PROPOSERS)
@require_POST
def propose(request: HttpRequest, key: str = "") -> HttpResponse:
    """Propose to anonymise what is due."""
    actor = actor_of(request)
    if key:
        visible(lambda: selectors.rule_named(actor, key))
    try:
        made = services.propose_run(actor=actor, key=key)
    except Refused as problem:
        messages.warning(request, problem.refusal.message)
        return redirect("retention:overview")
    return go(
        request,
        reverse("retention:run", args=[made.reference]),
        said="Proposed. Somebody else has to start it.",
    )


@access.roles(policies.READERS)
@require_GET
def run(request: HttpRequest, reference: str) -> HttpResponse:
    """One run: what it would do, or what it did."""
    actor = actor_of(request)
    row = visible(lambda: selectors.run_named(actor, reference))
    due, sample = 0, list[str]()
    if row.status == RunStatus.PROPOSED:
        due, sample = selectors.preview(actor, row.before, row.kind)
    rule = selectors.rule_of_kind(row.kind)
    report = selectors.report_of(row)
    context = {
        "run": row,
        "due": due,
        "cap": selectors.CAP,
        "sample": sample,
        "what": rule.schedule.title.lower() if rule and rule.schedule else "",
        "report": [(came.label, report[came.value]) for came in Came],
        "start_refusal": RUN.may(row, RunStatus.RUNNING, actor),
    }
    return render(request, "retention/run.html", context)


@access.roles(STARTERS, fresh=True)
@require_POST
def start(request: HttpRequest, reference: str) -> HttpResponse:
    """Have what somebody else proposed done. It cannot be undone."""
    return _push(request, reference, services.start_run, "It runs. The report fills as it goes.")


@access.roles(STARTERS)
@require_POST
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the proposal back."""
    return _push(request, reference, services.withdraw_run, "The proposal is taken back.")


def _push(request: HttpRequest, reference: str, verb: Callable[..., Any], said: str) -> HttpResponse:
    actor = actor_of(request)
    row = visible(lambda: selectors.run_named(actor, reference))
    there = reverse("retention:run", args=[row.reference])
    try:
        verb(actor=actor, run_id=row.pk)
    except Refused as problem:
        messages.warning(request, problem.refusal.message)
        return redirect(there)
    return go(request, there, said=said)
