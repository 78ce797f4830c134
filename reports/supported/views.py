"""Closures supported: the page and its files, and what an incident costs."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from foundation import access
from foundation.accounts.enums import OrganisationKind
from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.clock import in_london
from foundation.exceptions import NotVisible
from foundation.requests import actor_of
from foundation.table_files import FILES
from foundation.tables import Cell, spoken
from foundation.ui.attempts import Failed, attempt
from missingcases.views.common import show
from reports import asking
from reports.periods import Period
from reports.policies import READERS
from reports.rules import Rules, rules_for
from reports.scope import Scope
from reports.supported import selectors, services
from reports.supported.delivered import DEFINITIONS, LABELS
from reports.supported.forms import CostForm
from reports.supported.policies import SETTERS, may_set_cost
from reports.supported.report import Supported, supported

readers = access.roles(READERS)
setters = access.roles(SETTERS)


@readers
@never_cache
@require_GET
def closures(request: HttpRequest) -> HttpResponse:
    """How many closed incidents had a service before the person was found."""
    actor = actor_of(request)
    scope, period, problem = _asked(request, actor)
    cost = selectors.cost_for(actor, scope)
    rules = rules_for(actor, scope, period)
    context = {
        "problem": problem,
        "found": supported(scope, period, cost=cost, rules=rules),
        "cost": cost,
        "period": period,
        "periods": _periods(actor, scope),
        "forces": _forces(actor),
        "scope": scope,
        "whose": _whose(scope),
        "rules": rules,
        "definitions": [(LABELS[key], words) for key, words in DEFINITIONS.items()],
        "query": _query(scope, period),
        "now": timezone.now(),
    }
    return render(request, "reports/supported/closures.html", context)


@readers
@never_cache
@require_GET
def as_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The same tables as a file."""
    if kind not in FILES:
        raise Http404
    actor = actor_of(request)
    scope, period, problem = _asked(request, actor)
    if problem:
        messages.error(request, f"{problem} No file was made.")
        return redirect(f"{reverse('supported:closures')}?{_query(scope, period)}")
    cost = selectors.cost_for(actor, scope)
    rules = rules_for(actor, scope, period)
    found = supported(scope, period, cost=cost, rules=rules)
    services.record_exported(actor=actor)
    content_type, write = FILES[kind]
    answer = HttpResponse(write(_about(found, scope, period, rules), found.tables), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="closures-supported-{period.code}.{kind}"'
    return answer


def _about(found: Supported, scope: Scope, period: Period, rules: Rules) -> list[list[Cell]]:
    about: list[list[Cell]] = [
        ["Closures supported", _whose(scope)],
        ["Incidents closed", str(period)],
        ["Counted at", spoken(timezone.now())],
        ["Closed", found.closed],
        ["Of these supported", found.supported],
    ]
    if rules.confidential_step > 1:
        about.append([f"Of all forces together numbers are told to the nearest {rules.confidential_step}."])
    about += [[one] for one in found.sentences]
    return about + [[LABELS[key], words] for key, words in DEFINITIONS.items()]


@setters
@require_http_methods(["GET", "POST"])
def cost(request: HttpRequest) -> HttpResponse:
    """What an incident costs, and what was set before."""
    actor = actor_of(request)
    if may_set_cost(actor) is not None:
        raise Http404
    form = CostForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        done = attempt(form, lambda answers: services.set_cost(actor=actor, **answers))
        if not isinstance(done, Failed):
            messages.success(request, "Saved. Figures are reckoned with it from now on.")
            return redirect("supported:cost")
    history = list(selectors.costs_of(actor.organisation_id or 0)[:50])
    context = {"form": form, "history": history, "page_title": "What an incident costs"}
    return show(request, "reports/supported/cost.html", context)


def _asked(request: HttpRequest, actor: Actor) -> tuple[Scope, Period, str]:
    """Whose and when; with why the period was not taken, where another is shown instead."""
    try:
        scope = asking.scope_for(actor, force=request.GET.get("force", ""))
    except NotVisible:
        raise Http404 from None
    try:
        return scope, asking.period_for(request.GET.get("period", ""), today=_today()), ""
    except ValueError as wrong:
        return scope, asking.period_for("", today=_today()), str(wrong)


def _today() -> date:
    return in_london(timezone.now()).date()


def _periods(actor: Actor, scope: Scope) -> list[tuple[str, str]]:
    """The codes and words of those that the reader is told of."""
    today = _today()
    return [
        (code, words)
        for code, words in asking.offered_periods(today)
        if rules_for(actor, scope, asking.period_for(code, today=today)).tells_confidential
    ]


def _forces(actor: Actor) -> list[Organisation]:
    is_force = actor.organisation_kind is OrganisationKind.POLICE_FORCE
    return [] if is_force else asking.forces_for(actor)


def _whose(scope: Scope) -> str:
    if scope.force_id is None:
        return "Every force"
    return Organisation.objects.values_list("name", flat=True).get(pk=scope.force_id)


def _query(scope: Scope, period: Period) -> str:
    code = Organisation.objects.filter(pk=scope.force_id or 0).values_list("code", flat=True).first()
    return f"period={period.code}" + (f"&force={code}" if code else "")
