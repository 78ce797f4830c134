"""The reports of one's own side: what waits, what is with the force, and looking words up."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from foundation import access
from foundation.accounts.enums import POLICE, OrganisationKind
from foundation.actors import Actor
from foundation.requests import actor_of
from missingcases.intelligence import policies, selectors, services
from missingcases.intelligence.enums import WITH_FORCE, ReportStatus
from missingcases.intelligence.forms import SearchForm
from missingcases.intelligence.states import WRITERS

_S = ReportStatus
readers = access.roles(WRITERS | POLICE)


@readers
@require_http_methods(["GET", "HEAD", "POST"])
def reports(request: HttpRequest) -> HttpResponse:
    """What waits for this side; posted, the reports with the words that were asked for.

    Words are posted, so that they stand in no address and no log.
    """
    actor = actor_of(request)
    form = SearchForm(request.POST or None)
    asked = form.cleaned_data["words"].strip() if form.is_valid() else ""
    of_force = actor.organisation_kind is OrganisationKind.POLICE_FORCE
    context: dict[str, Any] = {
        "asked": asked,
        "of_force": of_force,
        "most": selectors.SHOWN,
        "may_write": policies.may_write_intelligence(actor) is None,
    }
    if asked:
        context["found"] = services.searched(actor, selectors.reports_visible_to(actor), asked)
    else:
        parts = _received(actor) if of_force else _written(actor)
        context["parts"] = [part for part in parts if part["rows"]]
        services.note_listed(actor, [row for part in context["parts"] for row in part["rows"]])
    return render(request, "intelligence/list.html", context)


def _received(actor: Actor) -> list[dict[str, Any]]:
    return [
        _part("To acknowledge", selectors.not_acknowledged(actor)),
        _part("To say what came of it", selectors.without_outcome(actor)),
        _part("Finished", selectors.received_by(actor).filter(status=_S.OUTCOME)),
    ]


def _written(actor: Actor) -> list[dict[str, Any]]:
    rows, approve = selectors.written_by(actor), selectors.to_approve(actor)
    others = rows.filter(status__in=[_S.DRAFT, _S.RETURNED, _S.WAITING, _S.APPROVED])
    return [
        _part("For you to approve or send", approve),
        _part(
            "Being written, or waiting for somebody else",
            others.exclude(pk__in=approve.order_by().values("pk")),
        ),
        _part("With a force", rows.filter(status__in=WITH_FORCE)),
        _part("Withdrawn", rows.filter(status=_S.WITHDRAWN)),
    ]


def _part(title: str, rows: Any) -> dict[str, Any]:
    return {"title": title, "rows": list(rows[: selectors.SHOWN])}
