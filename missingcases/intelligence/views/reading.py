"""One report as each side may see it, and what the force does with it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from foundation import access
from foundation.accounts.enums import POLICE, OrganisationKind
from foundation.actors import Actor
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from missingcases.intelligence import policies, selectors, services
from missingcases.intelligence.enums import WITH_FORCE, ReportStatus
from missingcases.intelligence.forms import OutcomeForm
from missingcases.intelligence.models import Report
from missingcases.intelligence.states import WRITERS
from missingcases.intelligence.telling import Told
from missingcases.intelligence.views.pressing import pressed
from missingcases.views.common import go, show, visible

readers = access.roles(WRITERS | POLICE)
force = access.roles(POLICE)


@readers
@never_cache
@require_GET
def report(request: HttpRequest, reference: str) -> HttpResponse:
    """The whole report for its own side, what was released of it for the force."""
    actor = actor_of(request)
    if actor.organisation_kind is OrganisationKind.POLICE_FORCE:
        return _received(request, reference, OutcomeForm())
    row = visible(lambda: services.open_report(actor=actor, reference=reference))
    return render(request, "intelligence/report.html", written(actor, row))


def _received(request: HttpRequest, reference: str, form: OutcomeForm) -> HttpResponse:
    actor = actor_of(request)
    row, told = visible(lambda: services.read_received(actor=actor, reference=reference))
    form.helper.form_action = reverse("intelligence:outcome", args=[reference])
    context = {
        "report": row,
        "told": told,
        "form": form,
        "may_acknowledge": policies.may_acknowledge(actor, row) is None,
        "may_give_outcome": policies.may_give_outcome(actor, row) is None,
    }
    return show(request, "intelligence/received.html", context)


def written(actor: Actor, row: Report) -> dict[str, Any]:
    """What its own organisation is shown of a report, and what this reader may do with it now."""
    may_edit = policies.may_edit(actor, row) is None
    approval = policies.may_approve(actor, row) if row.status == ReportStatus.WAITING else None
    return {
        "report": row,
        "lines": list(row.lines.all()),
        "mentions": [one.incident for one in row.mentions.select_related("incident")],
        "leaks": [] if row.status in (*WITH_FORCE, ReportStatus.WITHDRAWN) else selectors.leaks_of(row),
        "may_edit": may_edit,
        "submit_refusal": policies.may_submit(actor, row),
        "waits": row.status == ReportStatus.WAITING,
        "approve_refusal": approval,
        "may_send": policies.may_send(actor, row) is None,
        "may_return": policies.may_return(actor, row) is None,
        "may_withdraw": policies.may_withdraw(actor, row) is None,
        "may_print": policies.is_whole(row) is None,
    }


@force
@require_POST
def acknowledge(request: HttpRequest, reference: str) -> HttpResponse:
    """The force has it."""
    return pressed(
        request,
        lambda: services.acknowledge_report(actor=actor_of(request), reference=reference),
        said="Acknowledged. Say later what came of it.",
        to=reverse("intelligence:report", args=[reference]),
    )


@force
@require_POST
def outcome(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what came of it; refused, the page comes back with what was typed."""
    actor = actor_of(request)
    form = OutcomeForm(request.POST)

    def run(answers: dict[str, Any]) -> Report:
        return services.give_outcome(actor=actor, reference=reference, **answers)

    if isinstance(attempt(form, run), Failed):
        return _received(request, reference, form)
    address = reverse("intelligence:report", args=[reference])
    return go(request, address, said="Saved. Whoever wrote the report reads it.")


@readers
@never_cache
@require_GET
def printed(request: HttpRequest, reference: str) -> HttpResponse:
    """What the force reads of it, on paper: for both sides the same words, and nothing of the original."""
    actor = actor_of(request)
    row, told = visible(lambda: _on_paper(actor, reference))
    services.note_printed(actor, row)
    return render(
        request, "intelligence/print.html", {"report": row, "told": told, "printed_at": timezone.now()}
    )


def _on_paper(actor: Actor, reference: str) -> tuple[Report, Told | None]:
    if actor.organisation_kind is OrganisationKind.POLICE_FORCE:
        return services.read_received(actor=actor, reference=reference)
    row = services.open_report(actor=actor, reference=reference)
    return row, services.told_of(row) if policies.is_whole(row) is None else None
