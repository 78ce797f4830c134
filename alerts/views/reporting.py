"""The report of an alert or a drill, its files, the calls it brought; and what sending costs."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from alerts import reckoning, services
from alerts.forms.running import PRICED, CallsTakenForm, PricesForm
from alerts.models import ChildRescueAlert
from alerts.policies import running
from alerts.printing.services import print_report
from alerts.report import Cell, Report, Table, clock, report_of, shown, spoken
from alerts.views.common import ask, at, framed, opened, police, readers, verb
from foundation import access
from foundation.accounts.enums import Role
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.clock import in_london
from foundation.printing.exceptions import NotPrinted
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from missingcases.imports.checking import defused
from missingcases.views.common import show
from missingcases.views.verbs import posted

administrators = access.roles(Role.ADMINISTRATOR)
_HOURS_OFFERED = 48
_HUNDRED = 100


@readers
@never_cache
@require_GET
def report(request: HttpRequest, reference: str) -> HttpResponse:
    """The times of every step, whom it reached, what failed, what it cost, and the calls it brought."""
    alert = opened(request, reference)
    title = "Drill report" if alert.is_rehearsal else "Report"
    found = report_of(alert)
    context = framed(
        request, alert, title, tables=_shown(found), facts=found.facts, made_at=spoken(found.made_at)
    )
    context["may_enter_calls"] = running.may_enter_calls(actor_of(request), alert) is None
    return show(request, "alerts/report.html", context)


def _shown(found: Report) -> list[dict[str, Any]]:
    """The tables as the component takes them."""
    return [
        {
            "title": one.title,
            "columns": [
                {"label": name, "numeric": _is_numeric(one, place)} for place, name in enumerate(one.headings)
            ],
            "rows": [[_readable(cell) for cell in row] for row in one.rows],
            "empty": one.empty,
        }
        for one in found.tables
    ]


def _readable(cell: Cell) -> str | dict[str, Any]:
    said = shown(cell)
    return {"text": f"{said:,}", "numeric": True} if isinstance(said, int) else said


def _is_numeric(table: Table, column: int) -> bool:
    return bool(table.rows) and all(isinstance(row[column], int) for row in table.rows)


@readers
@never_cache
@require_GET
def download(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """The same tables as a file: for a spreadsheet, or to be printed and signed off."""
    if kind not in _FILES:
        raise Http404
    alert = opened(request, reference)
    found = report_of(alert)
    try:
        answer = _FILES[kind](found)
    except NotPrinted as problem:
        messages.error(request, problem.cause.value)
        return redirect(at("report", alert))
    audit.record(
        actor=actor_of(request), action="alerts.report_exported", target=alert, incident_id=alert.incident_id
    )
    answer["Content-Disposition"] = f'attachment; filename="{alert.reference}.{kind}"'
    return answer


def _marked(found: Report) -> list[str]:
    return ["Drill: a rehearsal, about nobody"] if found.is_rehearsal else ["Child Rescue Alert"]


def _lines(table: Table) -> list[list[str | int]]:
    return [list(table.headings), *([_cell(one) for one in row] for row in table.rows)]


def _cell(one: Cell) -> str | int:
    if isinstance(one, datetime):
        return clock(one)
    return one if isinstance(one, int) else defused(one)


def _sheet(found: Report) -> HttpResponse:
    """One after the other, each under its title. The mark at the beginning is for spreadsheets."""
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    sheet = csv.writer(answer)
    sheet.writerow([*_marked(found), found.reference, clock(found.made_at)])
    for table in found.tables:
        sheet.writerow([])
        sheet.writerow([table.title])
        sheet.writerows(_lines(table))
    return answer


def _book(found: Report) -> HttpResponse:
    """A sheet for each table."""
    from openpyxl import Workbook  # a seventh of the time that every process takes to start

    book = Workbook(write_only=True)
    about = book.create_sheet("About")
    about.append([*_marked(found), found.reference, clock(found.made_at)])
    for table in found.tables:
        sheet = book.create_sheet(table.key.title())
        for line in _lines(table):
            sheet.append(line)
    kept = BytesIO()
    book.save(kept)
    return HttpResponse(
        kept.getvalue(), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )


def _paper(found: Report) -> HttpResponse:
    return HttpResponse(print_report(found).content, content_type="application/pdf")


_FILES = {"csv": _sheet, "xlsx": _book, "pdf": _paper}


@police
@ask
def calls_taken(request: HttpRequest, reference: str) -> HttpResponse:
    """The force says how many calls came in an hour."""
    actor, alert = actor_of(request), opened(request, reference)
    form = CallsTakenForm(**posted(request), hours=_hours(alert), cancel_href=at("room", alert))
    return verb(
        request,
        alert,
        title="Calls that came",
        form=form,
        run=lambda answers: services.enter_calls(
            actor=actor,
            alert_id=alert.pk,
            hour=datetime.fromisoformat(answers["hour"]),
            calls=answers["calls"],
        ),
        said="The calls are recorded.",
        refusal=running.may_enter_calls(actor, alert),
        happens=("A number that is entered for the same hour again replaces the first.",),
    )


def _hours(alert: ChildRescueAlert) -> list[tuple[str, str]]:
    """The hours since it was issued, the last first."""
    if alert.issued_at is None:
        return []
    now = in_london(timezone.now()).replace(minute=0, second=0, microsecond=0)
    first = in_london(alert.issued_at).replace(minute=0, second=0, microsecond=0)
    found = [now - timedelta(hours=back) for back in range(_HOURS_OFFERED)]
    return [(one.isoformat(), f"{one:%H:%M on %-d %B}") for one in found if one >= first]


@administrators
@ask
def prices(request: HttpRequest) -> HttpResponse:
    """What the provider charges, and what one notice may cost before another person has to agree."""
    actor = actor_of(request)
    refusal = running.may_set_prices(actor)
    if refusal is not None:
        raise Http404
    limit = reckoning.ceiling()
    kept = {f"price_{channel}": pence for channel, pence in reckoning.prices().items()}
    kept["ceiling"] = limit / _HUNDRED if limit is not None else ""  # type: ignore[assignment]
    form = PricesForm(**posted(request), initial=kept)
    if request.method == "POST" and not isinstance(attempt(form, lambda data: _save(actor, data)), Failed):
        messages.success(request, "Saved. What was sent before keeps its price.")
        return redirect("alerts:prices")
    title = "Prices of alerts"
    context = {"form": form, "page_title": title, "crumbs": [{"label": title}]}
    return show(request, "alerts/prices.html", context)


def _save(actor: Actor, data: dict[str, Any]) -> None:
    known = reckoning.prices()
    for channel in PRICED:
        pence = data[f"price_{channel}"]
        if pence is not None and known.get(channel.value) != pence:
            services.set_price(actor=actor, channel=channel.value, pence=pence)
    ceiling = data["ceiling"]
    wanted = None if ceiling is None else ceiling * _HUNDRED
    if wanted != reckoning.ceiling():
        services.set_ceiling(actor=actor, pence=wanted)
