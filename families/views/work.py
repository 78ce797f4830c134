"""How much each worker carries, and the words we explain things with."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from families import policies
from families.forms.cases import GuidanceForm
from families.models import SupportCase
from families.selectors.log import guidance_of
from families.selectors.work import workload as load_of
from families.services import reading, wordings
from families.views.common import at, read_or_write, worker
from foundation import access
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from missingcases.views.common import go, show
from missingcases.views.verbs import posted


@worker
@require_GET
def workload(request: HttpRequest) -> HttpResponse:
    """Open cases, follow-ups that are due, what is late, minutes of contact in the last week, by worker."""
    actor = actor_of(request)
    reading.record_listed(actor=actor, model=SupportCase, ids=[])
    return render(request, "families/workload.html", {"loads": load_of(actor, now=timezone.now())})


@worker
@require_GET
def guidance(request: HttpRequest) -> HttpResponse:
    """The words we explain things with."""
    actor = actor_of(request)
    refusal = policies.may_edit_guidance(actor)
    rows = guidance_of(actor, with_retired=refusal is None)
    return render(request, "families/guidance.html", {"rows": rows, "refusal": refusal})


@access.roles(policies.MANAGER)
@read_or_write
def add_guidance(request: HttpRequest) -> HttpResponse:
    """Add words to the list."""
    form = GuidanceForm(**posted(request), cancel_href=at("guidance"))
    if request.method == "POST":
        done = attempt(
            form,
            lambda answers: wordings.add_guidance(
                actor=actor_of(request), title=answers["title"], text=answers["text"]
            ),
        )
        if not isinstance(done, Failed):
            return go(request, at("guidance"), said="Added.")
    return show(request, "families/guidance_form.html", {"form": form, "heading": "Add words"})


@access.roles(policies.MANAGER)
@read_or_write
def change_guidance(request: HttpRequest, guidance_id: int) -> HttpResponse:
    """Change words, or take them out of use."""
    row = guidance_of(actor_of(request), with_retired=True).filter(pk=guidance_id).first()
    if row is None:
        raise Http404
    initial: dict[str, Any] = {
        "title": row.title,
        "text": row.text,
        "is_active": row.is_active,
        "version": row.version,
    }
    form = GuidanceForm(**posted(request), initial=initial, cancel_href=at("guidance"))
    if request.method == "POST":
        done = attempt(
            form,
            lambda answers: wordings.change_guidance(actor=actor_of(request), guidance_id=row.pk, **answers),
        )
        if not isinstance(done, Failed):
            return go(request, at("guidance"), said="Saved.")
    return show(request, "families/guidance_form.html", {"form": form, "heading": "Change words"})
