"""Actions after interviews: what is open, late and done, for the provider and for the authority."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from foundation import access
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from missingcases.views.common import go, show, visible
from missingcases.views.verbs import posted
from rhi.interviews import actions, selectors, services
from rhi.interviews.enums import OutcomeStatus
from rhi.interviews.forms import DoneForm
from rhi.interviews.models import Outcome
from rhi.interviews.views.common import read_or_write
from rhi.states import OUTCOME_READERS

_YEAR = timedelta(days=365)


@access.roles(OUTCOME_READERS)
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Late first; then what is open, what was done, and how much of it in the last year."""
    actor, now = actor_of(request), timezone.now()
    found = actions.listed(actor, now=now)
    parts = [
        ("overdue", "Overdue", "Nothing is late.", found.overdue),
        ("open", "Open", "Nothing is open.", found.open),
        ("done", "Done", "Nothing was done yet.", found.done),
    ]
    context = {
        "parts": [
            {"key": key, "title": title, "empty": empty, "rows": [_row(one) for one in rows]}
            for key, title, empty, rows in parts
        ],
        "figures": actions.completed(actor, since=now - _YEAR, until=now, now=now),
        "most": actions.SHOWN,
    }
    return render(request, "interviews/actions.html", context)


def _row(one: Outcome) -> dict[str, object]:
    return {"action": one, "owner": actions.owner_of(one), "referral": one.interview.referral}


@access.roles(OUTCOME_READERS)
@read_or_write
def action(request: HttpRequest, reference: str) -> HttpResponse:
    """One action: what whoever acts has to know, and saying that it was done."""
    actor = actor_of(request)
    row = visible(lambda: actions.action_named(actor, reference))
    services.note_action_read(actor=actor, outcome=row)
    is_own = actions.owed_by(actor).filter(pk=row.pk).exists()
    form = DoneForm(**posted(request), cancel_href=reverse("interviews:actions"))
    if (
        is_own
        and request.method == "POST"
        and not isinstance(
            attempt(form, lambda given: services.finish_action(actor=actor, reference=reference, **given)),
            Failed,
        )
    ):
        return go(request, reverse("interviews:actions"), said="Noted as done.")
    context = {
        **_row(row),
        "form": form,
        "is_own": is_own,
        "is_done": row.status == OutcomeStatus.DONE,
        "sees_interview": selectors.visible_to(actor).filter(pk=row.interview_id).exists(),
    }
    return show(request, "interviews/action.html", context)
