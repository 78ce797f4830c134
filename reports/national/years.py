"""Every force beside the last years, for the national unit: the page and its files."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from foundation import access
from foundation.table_files import FILES
from foundation.tables import Cell, spoken
from reports.national import services
from reports.national.by_year import tables_by_year, years_to
from reports.national.protecting import FEWEST
from reports.national.views import asked_of, framed
from reports.policies import NATIONAL
from reports.rules import STEP

of_every_force = access.roles(NATIONAL)


@of_every_force
@never_cache
@require_GET
def by_year(request: HttpRequest) -> HttpResponse:
    """Force by year, one table for each unit."""
    asked = asked_of(request)
    tables = tables_by_year(years_to(asked.year))
    context = framed(asked) | {"tables": tables, "forces": [], "step": STEP}
    return render(request, "reports/national/years.html", context)


@of_every_force
@never_cache
@require_GET
def years_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The same tables as a file."""
    if kind not in FILES:
        raise Http404
    asked = asked_of(request)
    years = years_to(asked.year)
    about: list[list[Cell]] = [
        ["National annual return", "Every force by year"],
        ["Years, April to March", f"{years[0]}", f"{years[-1]}"],
        ["Counted at", spoken(asked.now)],
        [f"Numbers from 1 to {FEWEST - 1} are not told; of all forces they are told to the nearest {STEP}."],
        ["Calls, incidents and individuals are three units. They are never added to each other."],
    ]
    content_type, write = FILES[kind]
    answer = HttpResponse(write(about, tables_by_year(years)), content_type=content_type)
    services.record_exported(actor=asked.actor, kind=f"years.{kind}")
    name = f"national-return-years-to-{asked.year.code}.{kind}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
