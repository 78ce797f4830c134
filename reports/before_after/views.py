"""Does it help? Asking, reading what was answered, and taking it along."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation import access
from foundation.accounts.enums import OrganisationKind
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.clock import in_london
from foundation.exceptions import NotVisible
from foundation.printing.exceptions import NotPrinted
from foundation.printing.figures import print_tables
from foundation.requests import actor_of
from foundation.table_files import CSV, XLSX, as_csv, as_xlsx
from foundation.tables import Cell, spoken
from foundation.ui.attempts import Failed, attempt
from reports import asking
from reports.before_after import selectors, services
from reports.before_after.drawing import forest
from reports.before_after.forms import QuestionForm
from reports.before_after.models import Analysis
from reports.before_after.results import Result, read
from reports.before_after.tables import chart_of, tables_of
from reports.before_after.wording import ABOUT, headline, reading
from reports.periods import Period
from reports.policies import READERS

TITLE = "Does it help?"
SHOWN = 50


@access.roles(READERS)
@never_cache
@require_http_methods(["GET", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """Ask, and what was asked before."""
    actor = actor_of(request)
    form = _form(request, actor)
    if request.method == "POST":
        made = attempt(form, lambda asked: _ask(actor, asked))
        if not isinstance(made, Failed):
            return redirect("before_after:analysis", made.reference)
    rows = [_line(one) for one in selectors.analyses_visible_to(actor)[:SHOWN]]
    context = {"form": form, "rows": rows, "about": ABOUT, "heading": TITLE}
    return render(request, "before_after/list.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, actor: Actor) -> QuestionForm:
    forces = [(one.code, one.name) for one in asking.forces_for(actor)]
    if actor.organisation_kind != OrganisationKind.POLICE_FORCE:
        forces = [("", "Every force"), *forces]
    today = in_london(timezone.now()).date()
    return QuestionForm(
        request.POST if request.method == "POST" else None,
        forces=forces,
        periods=asking.offered_periods(today),
        initial={"period": asking.period_for("", today=today).code},
    )


def _ask(actor: Actor, asked: dict[str, Any]) -> Analysis:
    period = asking.period_for(asked["period"], today=in_london(timezone.now()).date())
    scope = asking.scope_for(actor, force=asked["force"])
    return services.ask(actor=actor, scope=scope, period=period, against=asked["against"])


def _line(one: Analysis) -> dict[str, Any]:
    return {
        "reference": one.reference,
        "whose": _whose(one),
        "period": _period(one),
        "said": one.get_status_display() if one.result is None else headline(_result(one).answer),
        "at": one.made_at or one.asked_at,
    }


def _whose(one: Analysis) -> str:
    return one.force.name if one.force is not None else "Every force"


def _period(one: Analysis) -> Period:
    return Period(one.starts_on, one.ends_on)


@access.roles(READERS)
@never_cache
@require_safe
def analysis(request: HttpRequest, reference: str) -> HttpResponse:
    """The answer, its reading, and the tables it stands on; read again as it was kept."""
    one = _opened(request, reference)
    if one.result is None:
        context = {"one": one, "heading": TITLE, "whose": _whose(one), "period": _period(one)}
        return render(request, "before_after/waiting.html", context)
    result = _result(one)
    audit.record(actor=actor_of(request), action="before_after.read", target=one)
    context = {
        "one": one,
        "heading": TITLE,
        "headline": headline(result.answer),
        "facts": [{"key": label, "value": value} for label, value in _facts(one)],
        "reading": reading(result),
        "about": ABOUT,
        "forest": forest(result.answer),
        "chart": chart_of(result),
        "tables": tables_of(result),
    }
    return render(request, "before_after/analysis.html", context)


@access.roles(READERS)
@never_cache
@require_safe
def progress(request: HttpRequest, reference: str) -> HttpResponse:
    """Where it stands, asked for again and again until it is worked out or cannot be."""
    one = _opened(request, reference)
    answer = render(request, "before_after/_progress.html", {"one": one})
    if not one.is_under_way:
        answer["HX-Refresh"] = "true"
    return answer


@access.roles(READERS)
@require_POST
def again(request: HttpRequest, reference: str) -> HttpResponse:
    """Have it worked out anew after that failed."""
    try:
        one = services.ask_again(actor=actor_of(request), reference=reference)
    except NotVisible:
        raise Http404 from None
    return redirect("before_after:analysis", one.reference)


def _opened(request: HttpRequest, reference: str) -> Analysis:
    try:
        return selectors.analysis_named(actor_of(request), reference)
    except NotVisible:
        raise Http404 from None


def _result(one: Analysis) -> Result:
    if one.result is None:
        raise Http404
    return read(one.result)


def _facts(one: Analysis) -> list[tuple[str, str]]:
    return [
        ("Whose returns", _whose(one)),
        ("Returns of", str(_period(one))),
        ("Compared with", one.get_against_display()),
        ("Records as they stood on", spoken(one.made_at or one.asked_at)),
        ("Asked by", one.asked_by.full_name),
        ("Method", f"Number {one.method}, as written in the guide"),
    ]


@access.roles(READERS)
@never_cache
@require_safe
def download(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """The same as a file."""
    if kind not in _FILES:
        raise Http404
    one = _opened(request, reference)
    try:
        answer = _FILES[kind](one)
    except NotPrinted as problem:
        messages.error(request, problem.cause.value)
        return redirect("before_after:analysis", one.reference)
    audit.record(actor=actor_of(request), action="before_after.exported", target=one)
    answer["Content-Disposition"] = f'attachment; filename="{one.reference}.{kind}"'
    return answer


def _about(one: Analysis) -> list[list[Cell]]:
    result = _result(one)
    facts: list[list[Cell]] = [[label, value] for label, value in _facts(one)]
    words: list[list[Cell]] = [[line] for line in (headline(result.answer), *reading(result), ABOUT)]
    return [[TITLE, one.reference], *facts, *words]


def _sheet(one: Analysis) -> HttpResponse:
    return HttpResponse(as_csv(_about(one), tables_of(_result(one))), content_type=CSV)


def _book(one: Analysis) -> HttpResponse:
    return HttpResponse(as_xlsx(_about(one), tables_of(_result(one))), content_type=XLSX)


def _paper(one: Analysis) -> HttpResponse:
    result = _result(one)
    chart = chart_of(result)
    content = print_tables(
        TITLE,
        _facts(one),
        tables_of(result),
        [chart] if chart is not None else [],
        reference=one.reference,
        lines=[headline(result.answer), *reading(result), ABOUT],
        made=f"Made {spoken(one.made_at or one.asked_at)}. Not to be quoted without its interval.",
    )
    return HttpResponse(content, content_type="application/pdf")


_FILES = {"csv": _sheet, "xlsx": _book, "pdf": _paper}
