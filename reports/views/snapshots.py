"""Frozen reports: the list, one as it was told, its files, what changed since, where it was published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from foundation import access
from foundation.exceptions import NotVisible
from foundation.printing.exceptions import NotPrinted
from foundation.requests import actor_of
from foundation.tables import Cells, Chart, Table, spoken
from foundation.ui.attempts import Failed, attempt
from missingcases.views.common import show, visible
from missingcases.views.verbs import posted
from reports import frozen, selectors, services
from reports.figures import freezing
from reports.figures.asked import asked_for
from reports.figures.report import report_for
from reports.forms import PublishedForm
from reports.models import Snapshot
from reports.policies import READERS
from reports.views.files import answer

readers = access.roles(READERS)
_SHOWN = 100


@dataclass(frozen=True, slots=True)
class _Kept:
    title: str
    facts: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]
    tables: tuple[Table, ...]
    charts: tuple[Chart, ...]
    made_at: datetime


def _named(request: HttpRequest, reference: str) -> Snapshot:
    return visible(lambda: selectors.snapshot_named(actor_of(request), reference))


def _thawed(kept: Snapshot) -> _Kept:
    found = freezing.thawed(kept.content)
    told = [("Published", f"{kept.published_in}, {kept.published_on:%-d %B %Y}")] if kept.published_on else []
    facts = (
        *found.facts,
        ("Frozen", f"{spoken(kept.made_at)}, by {kept.made_by.full_name}"),
        ("SHA-256 of what it says", kept.digest),
        ("Version of the program", kept.code_version),
        *told,
    )
    return _Kept("Partnership report", facts, found.lines, found.tables, found.charts, kept.made_at)


@readers
@never_cache
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """What one's organisation froze, the newest first."""
    rows = selectors.snapshots_visible_to(actor_of(request))[:_SHOWN]
    return render(request, "reports/snapshots.html", {"rows": rows, "most": _SHOWN})


@readers
@never_cache
@require_GET
def snapshot(request: HttpRequest, reference: str) -> HttpResponse:
    """One as it was told then. Its digest is worked out again each time."""
    kept = _named(request, reference)
    context = {
        "kept": kept,
        "report": _thawed(kept),
        "is_whole": frozen.digest(kept.content) == kept.digest,
    }
    return render(request, "reports/snapshot.html", context)


@readers
@never_cache
@require_GET
def download(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """The same as a file."""
    kept = _named(request, reference)
    found = _thawed(kept)
    about = [[found.title, kept.reference], *([label, value] for label, value in found.facts)]
    try:
        made = answer(kind, kept.reference, about, found, reference=kept.reference)
    except NotPrinted as problem:
        messages.error(request, problem.cause.value)
        return redirect("reports:snapshot", kept.reference)
    services.record_exported(actor=actor_of(request), what=f"snapshot.{kind}")
    return made


@readers
@never_cache
@require_GET
def compared(request: HttpRequest, reference: str) -> HttpResponse:
    """What reads otherwise now."""
    actor, kept = actor_of(request), _named(request, reference)
    try:
        asked = asked_for(actor, kept.query, today=timezone.localdate())
    except NotVisible:
        raise Http404 from None
    now = report_for(actor, asked)
    later = freezing.thawed(freezing.content_of(now))
    rows: list[Cells] = [
        (f"{one.table}: {one.row}", one.column, one.then, one.now)
        for one in frozen.changes(freezing.thawed(kept.content).tables, later.tables)
    ]
    headings = ("Figure", "Period", "Frozen", "Now")
    changed = Table(
        "changes", "What reads otherwise now", headings, tuple(rows), "Nothing: it reads the same."
    )
    redefined = sorted(
        name for name, version in freezing.definitions().items() if kept.definitions.get(name) != version
    )
    context = {"kept": kept, "changed": changed, "redefined": redefined, "made_at": spoken(now.made_at)}
    context["is_told_otherwise"] = freezing.thawed(kept.content).lines != later.lines
    return render(request, "reports/compared.html", context)


@readers
@require_http_methods(["GET", "POST"])
def published(request: HttpRequest, reference: str) -> HttpResponse:
    """Say where it was published."""
    actor, kept = actor_of(request), _named(request, reference)
    form = PublishedForm(**posted(request))

    def run(given: dict[str, Any]) -> Snapshot:
        return services.say_published(actor=actor, reference=kept.reference, **given)

    if request.method == "POST" and not isinstance(attempt(form, run), Failed):
        messages.success(request, "Noted. The figures that were published stay as they are here.")
        return redirect("reports:snapshot", kept.reference)
    return show(request, "reports/published.html", {"form": form, "kept": kept})
