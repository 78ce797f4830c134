"""The report of an alert or a drill, its files, the calls it brought; and what sending costs."""

from __future__ import annotations

from datetime import datetime, timedelta
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
from alerts.report import Report, report_of
from alerts.views.common import ask, at, framed, opened, police, readers, verb
from foundation import access
from foundation.accounts.enums import Role
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.clock import in_london
from foundation.printing.exceptions import NotPrinted
from foundation.printing.figures import print_tables
from foundation.requests import actor_of
from foundation.table_files import CSV, XLSX, as_csv, as_xlsx
from foundation.tables import Cell, spoken
from foundation.ui.attempts import Failed, attempt
from missingcases.views.common import show
from missingcases.views.verbs import posted

administrators = access.roles(Role.ADMINISTRATOR)
_HOURS_OFFERED = 48
_HUNDRED = 100
_REHEARSAL = "Rehearsal. It was about nobody, and nothing of it went to the public."


@readers
@never_cache
@require_GET
def report(request: HttpRequest, reference: str) -> HttpResponse:
    """The times of every step, whom it reached, what failed, what it cost, and the calls it brought."""
    alert = opened(request, reference)
    title = "Drill report" if alert.is_rehearsal else "Report"
    found = report_of(alert)
    context = framed(
        request, alert, title, tables=found.tables, facts=found.facts, made_at=spoken(found.made_at)
    )
    context["may_enter_calls"] = running.may_enter_calls(actor_of(request), alert) is None
    return show(request, "alerts/report.html", context)


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


def _about(found: Report) -> list[list[Cell]]:
    return [[*_marked(found), found.reference, found.made_at]]


def _sheet(found: Report) -> HttpResponse:
    return HttpResponse(as_csv(_about(found), found.tables), content_type=CSV)


def _book(found: Report) -> HttpResponse:
    return HttpResponse(as_xlsx(_about(found), found.tables), content_type=XLSX)


def _paper(found: Report) -> HttpResponse:
    content = print_tables(
        found.title,
        found.facts,
        found.tables,
        reference=found.reference,
        banner=_REHEARSAL if found.is_rehearsal else "",
        made=f"Made {spoken(found.made_at)}. Times are those of London.",
    )
    return HttpResponse(content, content_type="application/pdf")


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
