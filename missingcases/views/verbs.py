"""One shape for everything that is done to an incident: what happens, the questions, the answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse

from foundation.access import Refusal
from foundation.ui.attempts import Failed, attempt
from missingcases.views.common import go, show
from missingcases.views.frame import Case, framed


def posted(request: HttpRequest) -> dict[str, Any]:
    """What to bind a form with: the post, or nothing on a first look."""
    if request.method != "POST":
        return {}
    return {"data": request.POST, "files": request.FILES}


def verb(
    request: HttpRequest,
    case: Case,
    *,
    title: str,
    form: Form,
    run: Callable[[dict[str, Any]], Any],
    said: str,
    refusal: Refusal | None = None,
    to: str = "",
    happens: Sequence[str] = (),
    caution: str = "",
    template: str = "missingcases/verb.html",
    **more: Any,
) -> HttpResponse:
    """Show the page of one verb, or do it and go `to` (else the overview), saying `said`.

    `refusal` is the policy's answer: the page then says why instead of asking. `run` gets the
    form's answers and calls the service, which requires the policy again.
    """
    if request.method == "POST" and not isinstance(attempt(form, run), Failed):
        return go(request, to or case.at("overview"), said=said)
    context = framed(
        case, "verb", title, form=form, refusal=refusal, happens=happens, caution=caution, **more
    )
    return show(request, template, context)
