"""Deciding of what was found."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from foundation import access
from foundation.access import Refused
from foundation.ui.attempts import Failed, attempt
from missingcases.subject_access import policies, selectors, services
from missingcases.subject_access.enums import Decision
from missingcases.subject_access.forms import ItemForm
from missingcases.subject_access.states import CONFIRMERS, REVIEWERS
from missingcases.subject_access.views import at, read_or_write, request_of
from missingcases.views.common import go, show
from missingcases.views.verbs import posted


@access.roles(REVIEWERS)
@require_POST
def include_kind(request: HttpRequest, reference: str) -> HttpResponse:
    """Include whatever of one kind comes with no caution."""
    actor, row = request_of(request, reference)
    try:
        count = services.include_kind(
            actor=actor, request_id=row.pk, title=request.POST.get("title", "")[:200]
        )
    except Refused as problem:
        messages.warning(request, problem.refusal.message)
        return redirect(at(row))
    return go(request, at(row), said=f"{count} included.")


@access.roles(CONFIRMERS)
@require_GET
def items(request: HttpRequest, reference: str) -> HttpResponse:
    """What was found, a page at a time."""
    actor, row = request_of(request, reference)
    title, chosen = request.GET.get("kind", "")[:200].replace("\x00", ""), request.GET.get("show", "")
    raw = request.GET.get("after", "")
    after = int(raw) if raw.isdigit() and len(raw) < 19 else 0
    found = selectors.items_page(actor, row, title=title, show=chosen, after=after)
    shown = found[: selectors.PAGE]
    context = {
        "row": row,
        "items": [{"item": one, "pairs": selectors.pairs_of(one)} for one in shown],
        "older": shown[-1].pk if len(found) > selectors.PAGE else None,
        "decisions": Decision.choices,
        "show": chosen,
        "kind": title,
        "may_decide": policies.may_decide(actor, row) is None,
    }
    return render(request, "subject_access/items.html", context)


@access.roles(REVIEWERS)
@read_or_write
def item(request: HttpRequest, reference: str, item_id: int) -> HttpResponse:
    """Decide of one thing."""
    actor, row = request_of(request, reference)
    thing = row.items.filter(pk=item_id).first()
    if thing is None:
        raise Http404
    back = f"{reverse('subject_access:items', args=[row.reference])}?show=undecided"
    kept = {"marks": thing.marks, "decision": thing.decision, "reason": thing.reason}
    form = ItemForm(**posted(request), initial={**kept, "may_be_named": thing.may_be_named}, cancel_href=back)

    def run(answers: dict[str, Any]) -> Any:
        return services.decide_item(actor=actor, item_id=item_id, **answers)

    if request.method == "POST" and not isinstance(attempt(form, run), Failed):
        return go(request, back, said="Decided.")
    context = {
        "form": form,
        "row": row,
        "item": thing,
        "pairs": selectors.pairs_of(thing),
        "refusal": policies.may_decide(actor, row),
        "back": back,
    }
    return show(request, "subject_access/item.html", context)
