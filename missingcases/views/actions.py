"""Tasks about an incident."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from foundation import access
from foundation.accounts.enums import POLICE, RECORD_READERS
from missingcases import policies, selectors, services
from missingcases.enums import ActionStatus
from missingcases.forms.actions import ActionForm, FinishActionForm
from missingcases.views.frame import Case, case_for, framed
from missingcases.views.verbs import posted, verb

ask = require_http_methods(["GET", "POST"])


@access.roles(RECORD_READERS)
@require_GET
def actions(request: HttpRequest, reference: str) -> HttpResponse:
    """What has to be done, and what was."""
    case = case_for(request, reference)
    found = selectors.actions_of(case.actor, case.incident)
    context = framed(
        case,
        "actions",
        "Actions",
        open_actions=[
            {
                "row": row,
                "href": case.at("action_finish", row.reference),
                "refusal": policies.may_finish_action(case.actor, row),
            }
            for row in found
            if row.status == ActionStatus.OPEN
        ],
        done_actions=[row for row in found if row.status != ActionStatus.OPEN],
        add_href=case.at("action_add"),
        add_refusal=policies.may_add_action(case.actor, case.incident),
    )
    return render(request, "missingcases/actions.html", context)


@access.roles(POLICE)
@ask
def action_add(request: HttpRequest, reference: str) -> HttpResponse:
    """Set somebody a task."""
    case = case_for(request, reference)

    def run(answers: dict[str, Any]) -> Any:
        assignee = answers["assignee"]
        return services.add_action(
            actor=case.actor,
            incident_id=case.incident.pk,
            title=answers["title"],
            owner_id=int(answers["owner"]),
            due_at=answers["due_at"],
            assignee_id=assignee.pk if assignee else None,
        )

    return verb(
        request,
        case,
        title="Add an action",
        form=ActionForm(
            **posted(request), actor=case.actor, owners=_owners(case), cancel_href=case.at("actions")
        ),
        run=run,
        said="The action is added.",
        refusal=policies.may_add_action(case.actor, case.incident),
        to=case.at("actions"),
    )


def _owners(case: Case) -> list[tuple[str, str]]:
    """The owner force and the responsible authorities: who may be given a task."""
    bodies = [case.incident.owner, case.incident.placing_authority, case.incident.host_authority]
    return list({str(body.pk): body.name for body in bodies if body is not None}.items())


@access.roles(RECORD_READERS)
@ask
def action_finish(request: HttpRequest, reference: str, action_reference: str) -> HttpResponse:
    """Say how an action ended."""
    case = case_for(request, reference)
    found = selectors.actions_of(case.actor, case.incident)
    row = next((one for one in found if one.reference == action_reference), None)
    if row is None:
        raise Http404

    def run(answers: dict[str, Any]) -> Any:
        return services.finish_action(
            actor=case.actor,
            action_id=row.pk,
            result=answers["result"],
            not_needed=answers["how"] == "not_needed",
        )

    return verb(
        request,
        case,
        title="Finish an action",
        form=FinishActionForm(**posted(request), cancel_href=case.at("actions")),
        run=run,
        said="The action is finished.",
        refusal=policies.may_finish_action(case.actor, row),
        to=case.at("actions"),
        happens=[row.title],
        happens_intro="The action:",
    )
