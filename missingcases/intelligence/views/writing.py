"""Writing a report, in lines or as a concern on one page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from foundation import access
from foundation.actors import Actor
from foundation.exceptions import Invalid
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from missingcases.intelligence import policies, services
from missingcases.intelligence.enums import Origin, Topic
from missingcases.intelligence.forms import ADD, LINE_PARTS, SUBMIT, ConcernForm, ReportForm, details_of
from missingcases.intelligence.models import Report
from missingcases.intelligence.services import LineDetails, ReportDetails
from missingcases.intelligence.services.writing import MOST_LINES
from missingcases.intelligence.states import WRITERS
from missingcases.intelligence.views.pressing import pressed
from missingcases.selectors import incidents_visible_to
from missingcases.views.common import go, show, visible
from missingcases.views.verbs import posted

writers = access.roles(WRITERS)
read_or_write = require_http_methods(["GET", "POST"])
_TOO_LATE = "The page this was raised from was left too long. Open it again and raise it anew."


@writers
@read_or_write
def write(request: HttpRequest) -> HttpResponse:
    """A new report. Saved with what there is; it goes for approval when it is whole."""
    actor = actor_of(request)
    form = ReportForm(
        **posted(request), initial=_begun(actor, request), cancel_href=reverse("intelligence:list")
    )

    def run(answers: dict[str, Any]) -> Report:
        return _raise(actor, answers["raised"], form.lines(), form.details(), submit=_submits(request))

    if request.method == "POST" and not isinstance(done := attempt(form, run), Failed):
        return _saved(request, done)
    return show(request, "intelligence/write.html", {"form": form})


@writers
@read_or_write
def concern(request: HttpRequest) -> HttpResponse:
    """A concern about child sexual exploitation: written and sent for approval in one go."""
    actor = actor_of(request)
    form = ConcernForm(
        **posted(request), initial=_begun(actor, request), cancel_href=reverse("intelligence:list")
    )

    def run(answers: dict[str, Any]) -> Report:
        details = details_of(answers | {"topic": Topic.CSE})
        return _raise(actor, answers["raised"], form.lines(), details, submit=True)

    if request.method == "POST" and not isinstance(done := attempt(form, run), Failed):
        return go(request, _at(done), said="It waits for a duty manager's approval, then goes to the force.")
    return show(request, "intelligence/concern.html", {"form": form})


@writers
@read_or_write
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    """Change a report that is being written or was returned."""
    actor = actor_of(request)
    row = visible(lambda: services.open_report(actor=actor, reference=reference))
    form = ReportForm(**posted(request), initial=_as_written(row), cancel_href=_at(row))

    def run(answers: dict[str, Any]) -> Report:
        return services.edit_report(
            actor=actor,
            reference=reference,
            lines=form.lines(),
            details=form.details(),
            version=answers["version"],
            submit=_submits(request),
        )

    if request.method == "POST" and not isinstance(done := attempt(form, run), Failed):
        return _saved(request, done)
    context = {"form": form, "report": row, "refusal": policies.may_edit(actor, row)}
    return show(request, "intelligence/write.html", context)


@writers
@require_POST
def submit(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for approval of what is written."""
    return pressed(
        request,
        lambda: services.submit_report(actor=actor_of(request), reference=reference),
        said="It waits for approval by somebody else.",
        to=reverse("intelligence:report", args=[reference]),
    )


def _begun(actor: Actor, request: HttpRequest) -> dict[str, Any]:
    """What is known before the first word: the incident, and what it is raised from."""
    carried = request.GET.get("from", "")
    raised = services.raised_from(actor, carried)
    incident = request.GET.get("incident", "")[:16]
    if raised is not None and raised.incident_id:
        known = incidents_visible_to(actor).filter(pk=raised.incident_id)
        incident = known.values_list("reference", flat=True).first() or ""
    begun = {"obtained_at": timezone.now(), "incident": incident, "count": 1}
    return begun | ({"raised": carried} if raised else {})


def _raise(
    actor: Actor, carried: str, lines: list[LineDetails], details: ReportDetails, *, submit: bool = False
) -> Report:
    """The report of a form; raised from a record where the form still carries its link."""
    raised = services.raised_from(actor, carried) if carried else None
    if carried and raised is None:
        raise Invalid({"raised": _TOO_LATE})
    origin: dict[str, Any] = {}
    if raised is not None:
        origin = {
            "origin": Origin(raised.origin),
            "origin_label": raised.label,
            "origin_id": raised.record_id,
            "source_key": raised.source_key,
        }
    return services.draft(actor=actor, lines=lines, details=details, submit=submit, **origin)


def _submits(request: HttpRequest) -> bool:
    """Whether the button says that it goes for approval as well."""
    return SUBMIT in request.POST


def _saved(request: HttpRequest, report: Report) -> HttpResponse:
    if ADD in request.POST:
        place = min(report.lines.count() + 1, MOST_LINES)
        address = f"{reverse('intelligence:edit', args=[report.reference])}#line-{place}"
        return go(request, address, said="Saved. There is room for another line.")
    said = "It waits for approval by somebody else." if _submits(request) else "Saved."
    return go(request, _at(report), said=said)


def _as_written(row: Report) -> dict[str, Any]:
    """The report as its form begins: with an empty line after the last."""
    lines = list(row.lines.all())
    initial: dict[str, Any] = {
        "version": row.version,
        "count": min(len(lines) + 1, MOST_LINES),
        "topic": row.topic,
        "urgency": row.urgency,
        "obtained_at": row.obtained_at,
        "incident": row.incident.reference if row.incident else "",
        "mentions": ", ".join(row.mentions.values_list("incident__reference", flat=True)),
        "force": row.force_id,
        "source_code": row.source.code,
        "instructions": row.instructions,
        "review_on": row.review_on,
    }
    for line in lines:
        initial |= {f"line_{line.position}_{name}": getattr(line, name) for name in LINE_PARTS}
    return initial


def _at(report: Report) -> str:
    return reverse("intelligence:report", args=[report.reference])
