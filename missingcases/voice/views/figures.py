"""Figures: a page, and the same as a file."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from foundation import access
from foundation.access import require
from foundation.accounts.enums import OrganisationKind
from foundation.audit import services as audit
from foundation.requests import actor_of
from missingcases.voice import deadlines, policies
from missingcases.voice.enums import Respondent
from missingcases.voice.forms import ScopeForm
from missingcases.voice.models import Answer
from missingcases.voice.selectors.figures import FIRST_YEAR, Cell, Figures, Scope, scope_for
from missingcases.voice.selectors.figures import figures as counted
from missingcases.voice.selectors.protecting import LIVING

_HEADINGS = ("force", "who", "period", "question", "definition", "among", "answer", "count", "percent")
readers = access.roles(policies.FIGURE_READERS)


@dataclass(frozen=True, slots=True)
class _Asked:
    scope: Scope
    form: ScopeForm
    of: str


def _read(request: HttpRequest) -> _Asked:
    actor = actor_of(request)
    require(policies.may_read_figures(actor))
    this_year, latest = timezone.localdate().year, deadlines.latest_year(timezone.now())
    years = list(range(this_year, FIRST_YEAR - 1, -1))
    of_all = actor.organisation_kind == OrganisationKind.CHARITY
    given = {"who": Respondent.ADULT, "year": latest, **request.GET.dict()}
    form = ScopeForm(given, years=years, of_all=of_all)
    answers: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    force = answers.get("force")
    scope = scope_for(
        actor,
        respondent=answers.get("who") or Respondent.ADULT,
        year=answers.get("year") or latest,
        force_id=force.pk if force else None,
    )
    of = force.name if force else "All forces together"
    return _Asked(scope, form, of if of_all else "Your force")


@readers
@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """What people answered, by question."""
    actor, asked = actor_of(request), _read(request)
    found = counted(actor, asked.scope, now=timezone.now())
    audit.record(actor=actor, action="voice.figures_read", target=Answer)
    context = {
        "form": asked.form,
        "of": asked.of,
        "who": asked.scope.respondent.label,
        "year": asked.scope.year,
        "figures": found,
        "columns": [_quarter(one, asked.scope.year) for one in found.columns],
        "tables": _shown(found, asked.scope.year),
        "is_charity": actor.organisation_kind == OrganisationKind.CHARITY,
        "may_ask": policies.may_ask(actor) is None,
        "query": request.GET.urlencode(),
    }
    return render(request, "voice/figures.html", context)


def _quarter(column: int, year: int) -> str:
    months = {1: "January to March", 2: "April to June", 3: "July to September", 4: "October to December"}
    return months.get(column, f"These quarters of {year}")


def _shown(found: Figures, year: int) -> list[dict[str, Any]]:
    columns = [_quarter(one, year) for one in found.columns]
    return [
        {
            "title": one.title,
            "definition": one.definition,
            "is_living": one.group == LIVING,
            "rows": [
                {
                    "label": row.label,
                    "cells": [
                        {"column": column, "said": _said(cell)}
                        for column, cell in zip(columns, row.cells, strict=True)
                    ],
                }
                for row in one.rows
            ],
        }
        for one in found.tables
    ]


def _said(cell: Cell) -> str:
    if cell.count is None:
        return "not told*"
    return str(cell.count) if cell.share is None else f"{cell.count} ({cell.share}%)"


@readers
@require_GET
def download(request: HttpRequest) -> HttpResponse:
    """The same figures as CSV, hidden ones too as the page says them."""
    actor, asked = actor_of(request), _read(request)
    found = counted(actor, asked.scope, now=timezone.now())
    audit.record(actor=actor, action="voice.figures_exported", target=Answer)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="how-it-was-{asked.scope.year}.csv"'
    sheet = csv.writer(answer)
    sheet.writerow(_HEADINGS)
    for table in found.tables:
        among = "those who live with a mental-health problem" if table.group == LIVING else "everybody"
        for row in table.rows:
            for column, cell in zip(found.columns, row.cells, strict=True):
                count = "not told*" if cell.count is None else cell.count
                percent = "" if cell.share is None else cell.share
                period = f"{asked.scope.year} Q{column}" if column else f"{asked.scope.year}"
                words = (asked.of, asked.scope.respondent.label, period, table.title, table.definition, among)
                sheet.writerow([*words, row.label, count, percent])
    return answer
