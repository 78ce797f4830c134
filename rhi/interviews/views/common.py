"""What every page of an interview shares."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from foundation.access import Refusal
from foundation.actors import Actor
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from missingcases.views.common import go, show, visible
from rhi.interviews import selectors
from rhi.interviews.models import Interview

read_or_write = require_http_methods(["GET", "POST"])


def opened(request: HttpRequest, reference: str, what: str = "interview.read") -> tuple[Actor, Interview]:
    """Who looks, and the interview; 404 where they may not know of it. The look is in the trail."""
    actor = actor_of(request)
    interview = visible(lambda: selectors.interview_named(actor, reference))
    selectors.note_reading(actor, interview, what)
    return actor, interview


def at(interview: Interview, name: str = "interview", *args: object) -> str:
    """The address of one of its pages."""
    return reverse(f"interviews:{name}", args=[interview.reference, *args])


def asked(
    request: HttpRequest,
    interview: Interview,
    *,
    title: str,
    form: Form,
    run: Any,
    said: str,
    refusal: Refusal | None = None,
    happens: tuple[str, ...] = (),
) -> HttpResponse:
    """One thing to do to an interview: what happens, the questions, and back."""
    if request.method == "POST" and not isinstance(attempt(form, run), Failed):
        return go(request, at(interview), said=said)
    context = {
        "interview": interview,
        "page_title": title,
        "form": form,
        "refusal": refusal,
        "happens": happens,
    }
    return show(request, "interviews/verb.html", context)
