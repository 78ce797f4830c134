"""The partnership report: the page, its files, the records behind a figure."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from foundation import access
from foundation.accounts.enums import OrganisationKind
from foundation.actors import Actor
from foundation.exceptions import NotVisible
from foundation.printing.exceptions import NotPrinted
from foundation.requests import actor_of
from foundation.tables import spoken
from foundation.ui.reach import can_open
from reports import asking, selectors, services
from reports.figures.asked import Asked, asked_for
from reports.figures.catalogue import FIGURES
from reports.figures.records import code_of, leads_on, records
from reports.figures.report import Report, report_for
from reports.periods import financial_year_of
from reports.policies import OF_A_FORCE, READERS, may_drill_down
from reports.views.files import answer

readers = access.roles(READERS)


@readers
@never_cache
@require_GET
def partnership(request: HttpRequest) -> HttpResponse:
    """Every figure, with its comparisons, what was published, definitions and what is left out."""
    actor = actor_of(request)
    asked = _asked(request, actor)
    found = report_for(actor, asked)
    today = timezone.localdate()
    is_force = actor.organisation_kind == OrganisationKind.POLICE_FORCE
    context = {
        "report": found,
        "asked": asked,
        "figures": found.tables[0],
        "tables": found.tables[1:],
        "is_empty": found.tables[0].rows[0][1] == 0,
        "this_year": financial_year_of(today),
        "made_at": spoken(found.made_at),
        "periods": asking.offered_periods(today),
        "forces": [] if is_force else asking.forces_for(actor),
        "areas": asking.areas(on=today),
        "given": request.GET,
        "query": urlencode(asked.query),
        "lines_on": _lines_on(actor, asked),
        "more": _more(actor),
        "proof": selectors.last_proof(),
    }
    return render(request, "reports/partnership.html", context)


@readers
@never_cache
@require_GET
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The same as a file."""
    actor = actor_of(request)
    asked = _asked(request, actor)
    if asked.problem:
        return _refused(request, asked)
    found = report_for(actor, asked)
    try:
        made = answer(kind, f"partnership-{asked.period.code}", _about(found), found)
    except NotPrinted as problem:
        messages.error(request, problem.cause.value)
        return redirect(f"{reverse('reports:partnership')}?{urlencode(asked.query)}")
    services.record_exported(actor=actor, what=f"partnership.{kind}")
    return made


@readers
@require_POST
def freeze(request: HttpRequest) -> HttpResponse:
    """Keep it as it is told now."""
    actor = actor_of(request)
    try:
        asked = asked_for(actor, request.POST, today=timezone.localdate())
    except NotVisible:
        raise Http404 from None
    if asked.problem:
        return _refused(request, asked)
    kept = services.freeze(actor=actor, asked=asked)
    messages.success(request, f"Frozen as {kept.reference}. It stays as it is, whatever changes.")
    return redirect("reports:snapshot", kept.reference)


@access.roles(OF_A_FORCE)
@never_cache
@require_GET
def behind(request: HttpRequest, code: str) -> HttpResponse:
    """The force's own records behind one line of a figure."""
    actor = actor_of(request)
    asked = _asked(request, actor)
    try:
        listed = records(actor, asked, code)
    except NotVisible:
        raise Http404 from None
    services.record_listed(actor=actor, figure=code, incident_ids=[one.pk for one in listed.rows])
    context = {"listed": listed, "asked": asked, "query": urlencode(asked.query)}
    return render(request, "reports/behind.html", context)


def _asked(request: HttpRequest, actor: Actor) -> Asked:
    try:
        return asked_for(actor, request.GET.dict(), today=timezone.localdate())  # type: ignore[arg-type]
    except NotVisible:
        raise Http404 from None


def _refused(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Back to the page: what is kept or leaves is never of another period than was asked for."""
    messages.error(request, f"{asked.problem} Nothing was frozen and no file was made.")
    return redirect(f"{reverse('reports:partnership')}?{urlencode(asked.query)}")


def _about(found: Report) -> list[list[str]]:
    return [
        [found.title],
        *([label, value] for label, value in found.facts),
        ["Counted", spoken(found.made_at)],
    ]


def _lines_on(actor: Actor, asked: Asked) -> list[dict[str, str]]:
    """The lines of figures that lead to records, for whoever may go on to them."""
    if may_drill_down(actor, asked.scope) is not None:
        return []
    return [
        {
            "label": one.title if len(one.parts) == 1 else f"{one.title}: {part.label.lower()}",
            "href": f"{reverse('reports:behind', args=[code_of(one, part)])}?{urlencode(asked.query)}",
        }
        for one in FIGURES
        for part in one.parts
        if leads_on(one, part)
    ]


def _more(actor: Actor) -> list[dict[str, Any]]:
    """Pages that answer more of a figure, as far as they are there and open to one."""
    found = []
    for one in FIGURES:
        try:
            if one.leads_to and can_open(actor, one.leads_to):
                found.append({"label": one.title, "href": reverse(one.leads_to)})
        except NoReverseMatch:
            continue
    return found
