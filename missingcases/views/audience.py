"""Who may know of an incident, and why."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from foundation import access
from foundation.accounts.enums import RECORD_READERS, SUPERVISORS
from missingcases import policies, selectors, services
from missingcases.enums import AudienceKind
from missingcases.forms.audience import NamePersonForm, RestrictForm
from missingcases.forms.ending import CaseReasonForm
from missingcases.links.policies import may_ask
from missingcases.links.selectors import links_of
from missingcases.links.views import line_of
from missingcases.views.frame import Case, case_for, framed
from missingcases.views.verbs import posted, verb

ask = require_http_methods(["GET", "POST"])


@access.roles(RECORD_READERS)
@require_GET
def people(request: HttpRequest, reference: str) -> HttpResponse:
    """Everybody with sight of it, and through what."""
    case = case_for(request, reference)
    refusal = policies.may_restrict(case.actor, case.incident)
    context = framed(
        case,
        "people",
        "Who may know",
        rows=[
            {
                "who": row.user.full_name if row.user else row.organisation.name,
                "of": row.organisation.name if row.user else "",
                "kind": row.get_kind_display(),
                "since": row.granted_at,
                "unname_href": case.at("person_unname", row.user_id)
                if row.kind == AudienceKind.NAMED and not refusal
                else "",
            }
            for row in selectors.audience_of(case.actor, case.incident)
        ],
        restrict_refusal=refusal,
        restrict_href=case.at("lift" if case.incident.is_restricted else "restrict"),
        name_href=case.at("person_name"),
        authorities_href=case.at("authorities"),
        edit_refusal=policies.may_edit(case.actor, case.incident),
        **_links(case),
    )
    return render(request, "missingcases/people.html", context)


def _links(case: Case) -> dict[str, Any]:
    """The links of one's own force's incident, and asking for one."""
    if not case.owns:
        return {}
    found = links_of(case.actor, case.incident)
    return {
        "links": [line_of(case.actor, row) for row in found],
        "ask_link_href": reverse("links:ask", args=[case.reference]),
        "ask_link_refusal": may_ask(case.actor, case.incident),
    }


@access.roles(SUPERVISORS)
@ask
def restrict(request: HttpRequest, reference: str) -> HttpResponse:
    """Only named people from now on."""
    case = case_for(request, reference)

    def run(answers: dict[str, Any]) -> Any:
        return services.restrict_to(
            actor=case.actor,
            incident_id=case.incident.pk,
            user_ids=[user.pk for user in answers["people"]],
            reason=answers["reason"],
        )

    return verb(
        request,
        case,
        title="Restrict to named people",
        form=RestrictForm(**posted(request), actor=case.actor, cancel_href=case.at("people")),
        run=run,
        said="The incident is restricted. Only the people named see it.",
        refusal=policies.may_restrict(case.actor, case.incident),
        to=case.at("people"),
        happens=[
            "Colleagues who are not named, and the authorities, lose sight of it at once.",
            "You keep sight of it.",
            "What was released to other organisations stays released.",
        ],
    )


@access.roles(SUPERVISORS)
@ask
def lift(request: HttpRequest, reference: str) -> HttpResponse:
    """Let the force and the authorities see it again."""
    case = case_for(request, reference)
    return verb(
        request,
        case,
        title="Lift the restriction",
        form=_reason(request, case, "Lift the restriction"),
        run=lambda answers: services.lift_restriction(
            actor=case.actor, incident_id=case.incident.pk, **answers
        ),
        said="The restriction is lifted.",
        refusal=policies.may_restrict(case.actor, case.incident),
        to=case.at("people"),
        happens=["Everybody of the owner force and the responsible authorities sees it again."],
    )


@access.roles(SUPERVISORS)
@ask
def person_name(request: HttpRequest, reference: str) -> HttpResponse:
    """Let one more colleague see it."""
    case = case_for(request, reference)

    def run(answers: dict[str, Any]) -> Any:
        return services.name_person(
            actor=case.actor,
            incident_id=case.incident.pk,
            user_id=answers["user"].pk,
            organisation_id=case.incident.owner_id,
            reason=answers["reason"],
        )

    return verb(
        request,
        case,
        title="Let a colleague see it",
        form=NamePersonForm(**posted(request), actor=case.actor, cancel_href=case.at("people")),
        run=run,
        said="They see the incident now.",
        refusal=policies.may_restrict(case.actor, case.incident),
        to=case.at("people"),
    )


@access.roles(SUPERVISORS)
@ask
def person_unname(request: HttpRequest, reference: str, user_id: int) -> HttpResponse:
    """Take one person's sight away."""
    case = case_for(request, reference)
    return verb(
        request,
        case,
        title="Take their sight away",
        form=_reason(request, case, "Take their sight away"),
        run=lambda answers: services.unname_person(
            actor=case.actor, incident_id=case.incident.pk, user_id=user_id, **answers
        ),
        said="They do not see the incident by name any more.",
        refusal=policies.may_restrict(case.actor, case.incident),
        to=case.at("people"),
    )


def _reason(request: HttpRequest, case: Case, label: str) -> CaseReasonForm:
    return CaseReasonForm(**posted(request), submit_label=label, cancel_href=case.at("people"))
