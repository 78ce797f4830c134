"""Keeping a return as it is sent, and reading it again."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from foundation.access import Refused
from foundation.requests import actor_of
from reports import frozen
from reports.national import freezing, services
from reports.national.returning import national_return
from reports.national.selectors import submitted_visible_to
from reports.national.views import asked_of, of_a_force, readers
from reports.periods import financial_year
from reports.scope import Scope

_CHANGES_SHOWN = 100


@of_a_force
@require_POST
def submit(request: HttpRequest) -> HttpResponse:
    """Keep it as it stands."""
    asked = asked_of(request)
    try:
        kept = services.submit(actor=asked.actor, year=asked.year)
    except Refused as problem:
        messages.error(request, problem.refusal.message)
        return redirect(f"{reverse('national:checks')}?{asked.query}")
    messages.success(
        request, "The return is kept as it stands. Take its files from this page, and send them."
    )
    return redirect("national:submitted", kept.reference)


@readers
@never_cache
@require_GET
def submitted(request: HttpRequest, reference: str) -> HttpResponse:
    """A return as it was sent, whether it is whole, and what reads otherwise now."""
    kept = submitted_visible_to(actor_of(request)).filter(reference=reference).first()
    if kept is None:
        raise Http404
    then = freezing.thawed(kept.content)
    now = national_return(Scope(kept.force_id), financial_year(kept.year))
    changes = list(frozen.changes(then.tables, now.tables))
    context = {
        "kept": kept,
        "year": financial_year(kept.year),
        "found": then,
        "is_whole": frozen.digest(kept.content) == kept.digest,
        "changes": changes[:_CHANGES_SHOWN],
        "count": len(changes),
        "kinds": (("pdf", "PDF to print"), ("csv", "CSV"), ("xlsx", "Excel")),
    }
    return render(request, "reports/national/submitted.html", context)
