"""The national annual return: the page, its files, what is missing, and a force's calls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

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
from foundation.printing.exceptions import NotPrinted
from foundation.printing.figures import print_tables
from foundation.requests import actor_of
from foundation.table_files import CSV, XLSX, as_csv, as_xlsx
from foundation.tables import Cell, Hidden, said, spoken
from foundation.ui.attempts import Failed, attempt
from missingcases.models import Incident
from missingcases.views.common import show
from reports import asking
from reports.national import services
from reports.national.checking import BY_KEY, CHECKS, LISTED, Check, missing, wanting
from reports.national.forms import CallsForm
from reports.national.models import SubmittedReturn
from reports.national.policies import READERS, may_enter_calls, may_submit
from reports.national.protecting import FEWEST
from reports.national.returning import NationalReturn, national_return
from reports.national.selectors import calls_of, submitted_visible_to
from reports.periods import Period, financial_year, financial_year_of
from reports.policies import OF_A_FORCE, may_drill_down, sees_small_numbers
from reports.rules import to_nearest, year_step
from reports.scope import Scope
from reports.together import CHECK, hidden_of

readers = access.roles(READERS)
of_a_force = access.roles(OF_A_FORCE)
PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page was asked for."""

    actor: Actor
    scope: Scope
    year: Period
    now: datetime

    @property
    def whose(self) -> str:
        """The force's name."""
        if self.scope.force_id is None:
            return "Every force"
        return Organisation.objects.values_list("name", flat=True).get(pk=self.scope.force_id)

    @property
    def step(self) -> int:
        """To the nearest what the numbers are told."""
        return year_step(self.scope)

    @property
    def query(self) -> str:
        """How an address asks for the same."""
        code = Organisation.objects.filter(pk=self.scope.force_id or 0).values_list("code", flat=True).first()
        return f"year={self.year.start.year}" + (f"&force={code}" if code else "")


@readers
@never_cache
@require_GET
def annual(request: HttpRequest) -> HttpResponse:
    """Every table of the return as it would be sent now; a force reads its own small numbers in it."""
    asked = asked_of(request)
    whole = sees_small_numbers(asked.actor, asked.scope)
    context = framed(asked) | {
        "found": national_return(asked.scope, asked.year, whole=whole),
        "whole": whole,
    }
    return render(request, "reports/national/annual.html", context)


@readers
@never_cache
@require_GET
def as_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The same tables as a file."""
    if kind not in _FILES:
        raise Http404
    asked = asked_of(request)
    try:
        answer = _FILES[kind](asked, national_return(asked.scope, asked.year))
    except NotPrinted as problem:
        messages.error(request, problem.cause.value)
        return redirect(f"{reverse('national:annual')}?{asked.query}")
    services.record_exported(actor=asked.actor, kind=kind)
    answer["Content-Disposition"] = f'attachment; filename="national-return-{asked.year.code}.{kind}"'
    return answer


def _about(asked: Asked, found: NationalReturn) -> list[list[Cell]]:
    return [
        ["National annual return", asked.whose],
        ["Year", str(asked.year)],
        ["Counted at", spoken(asked.now)],
        ["Calls", found.calls],
        ["Incidents", found.incidents],
        ["Individuals", found.individuals],
        [f"Calls, incidents and individuals are three units, never added to each other.{_nearly(asked)}"],
    ]


def _nearly(asked: Asked) -> str:
    if asked.step == 1:
        return ""
    return f" Incidents and individuals of all forces are told to the nearest {asked.step}."


def _sheet(asked: Asked, found: NationalReturn) -> HttpResponse:
    return HttpResponse(as_csv(_about(asked, found), found.tables), content_type=CSV)


def _book(asked: Asked, found: NationalReturn) -> HttpResponse:
    return HttpResponse(as_xlsx(_about(asked, found), found.tables), content_type=XLSX)


def _paper(asked: Asked, found: NationalReturn) -> HttpResponse:
    facts = [(str(label), said(value)) for label, value, *_ in (line for line in _about(asked, found)[1:6])]
    content = print_tables(
        f"National annual return: {asked.whose}",
        facts,
        found.tables,
        made=f"Counted {spoken(asked.now)}. Numbers under {FEWEST} are not told.{_nearly(asked)}",
    )
    return HttpResponse(content, content_type=PDF)


_FILES = {"csv": _sheet, "xlsx": _book, "pdf": _paper}


@readers
@never_cache
@require_GET
def checks(request: HttpRequest) -> HttpResponse:
    """What is missing before the return is sent."""
    asked = asked_of(request)
    counts = missing(asked.scope, asked.year, now=asked.now)
    opens = may_drill_down(asked.actor, asked.scope) is None
    away = frozenset() if opens else hidden_of(CHECK, asked.scope, asked.year)
    lines = [
        {
            "check": check,
            "count": Hidden(FEWEST) if (check.key,) in away else to_nearest(counts[check.key], asked.step),
            "href": f"{reverse('national:check', args=[check.key])}?{asked.query}",
        }
        for check in CHECKS
    ]
    context = framed(asked) | {
        "lines": lines,
        "opens": opens,
        "entered": calls_of(asked.scope, asked.year),
        "refusal": may_submit(asked.actor, asked.year, now=asked.now),
        "sent": _sent(asked),
        "is_over": asked.year.ends_at <= asked.now,
    }
    return render(request, "reports/national/checks.html", context)


def _sent(asked: Asked) -> list[SubmittedReturn]:
    rows = submitted_visible_to(asked.actor).filter(year=asked.year.start.year)
    if asked.scope.force_id is not None:
        rows = rows.filter(force_id=asked.scope.force_id)
    return list(rows.defer("content")[:LISTED])


@of_a_force
@never_cache
@require_GET
def check(request: HttpRequest, key: str) -> HttpResponse:
    """The records that want one thing, each with where it is corrected."""
    asked, one = asked_of(request), BY_KEY.get(key)
    if one is None or may_drill_down(asked.actor, asked.scope) is not None:
        raise Http404
    rows = list(wanting(asked.actor, one, asked.scope, asked.year, now=asked.now)[: LISTED + 1])
    shown = rows[:LISTED]
    if shown:
        services.record_listed(actor=asked.actor, check=key, incident_ids=[row.pk for row in shown])
    context = framed(asked) | {
        "check": one,
        "rows": [(row, _correcting(one, row)) for row in shown],
        "is_cut": len(rows) > LISTED,
        "listed": LISTED,
    }
    return render(request, "reports/national/check.html", context)


def _correcting(one: Check, incident: Incident) -> str:
    """Where the record is opened to be corrected."""
    return reverse(one.page, args=[incident.reference])


@of_a_force
@require_http_methods(["GET", "POST"])
def calls(request: HttpRequest) -> HttpResponse:
    """Enter the calls of one's own force."""
    asked = asked_of(request)
    if may_enter_calls(asked.actor) is not None:
        raise Http404
    now_entered = next(iter(calls_of(asked.scope, asked.year)), None)
    initial: dict[str, object] = {"year": asked.year.start.year}
    if now_entered is not None:
        initial |= {"calls": now_entered.calls, "source": now_entered.source}
    back = f"{reverse('national:checks')}?{asked.query}"
    form = CallsForm(request.POST if request.method == "POST" else None, initial=initial, cancel_href=back)
    if request.method == "POST":
        done = attempt(form, lambda answers: services.enter_calls(actor=asked.actor, **answers))
        if not isinstance(done, Failed):
            messages.success(request, "The calls are entered.")
            return redirect(back)
    return show(
        request, "reports/national/calls.html", framed(asked) | {"form": form, "entered": now_entered}
    )


def asked_of(request: HttpRequest) -> Asked:
    actor, now = actor_of(request), timezone.now()
    try:
        scope = asking.scope_for(actor, force=request.GET.get("force", ""))
    except NotVisible:
        raise Http404 from None
    return Asked(actor, scope, _year(request.GET.get("year", ""), now), now)


def _years(now: datetime) -> list[Period]:
    current = financial_year_of(in_london(now).date()).start.year
    return [financial_year(year) for year in range(current, services.FIRST_YEAR - 1, -1)]


def _year(raw: str, now: datetime) -> Period:
    """The year whose April was asked for; else the last that is over, which is the one to be sent."""
    years = _years(now)
    return next((one for one in years if raw == str(one.start.year)), years[1])


def framed(asked: Asked) -> dict[str, Any]:
    """What every page of the return has."""
    is_force = asked.actor.organisation_kind is OrganisationKind.POLICE_FORCE
    return {
        "asked": asked,
        "years": [(str(one.start.year), str(one)) for one in _years(asked.now)],
        "year": str(asked.year.start.year),
        "forces": [] if is_force else asking.forces_for(asked.actor),
        "is_force": is_force,
        "fewest": FEWEST,
        "step": asked.step,
    }
