"""The safety plan that the child keeps, as a page and a PDF. No reference, a first name if they want one."""

from __future__ import annotations

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from foundation import access
from foundation.printing.services import print_pdf
from rhi.interviews.report import plan_of
from rhi.interviews.views.common import opened
from rhi.states import WORKERS

_TEMPLATE = Path(__file__).parents[1] / "typ" / "plan.typ"
HELP = (
    "Call or text 116 000, free, day or night. You do not have to say who you are.",
    "If you are in danger now, call 999. If you cannot speak, press 55 when asked.",
)


@access.roles(WORKERS)
@require_GET
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """The plan, to be read together and printed."""
    _, interview = opened(request, reference, "interview.plan_read")
    name, lines = plan_of(interview)
    context = {"interview": interview, "name": name, "lines": lines, "help": HELP}
    return render(request, "interviews/plan.html", context)


@access.roles(WORKERS)
@require_GET
def pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The plan on paper. The file's name says nothing either."""
    _, interview = opened(request, reference, "interview.plan_printed")
    name, lines = plan_of(interview)
    words = {"title": f"{name}’s safety plan" if name else "My safety plan", "lines": lines, "help": HELP}
    printed = print_pdf(_TEMPLATE, words)
    answer = HttpResponse(printed.content, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="plan.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer
