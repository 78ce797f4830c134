"""After a review: whom to refer somebody to, or why not."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from foundation import access
from foundation.requests import actor_of
from missingcases.views.frame import case_for
from missingcases.views.verbs import posted, verb
from partners.policies import may_refer
from partners.proposals import policies, selectors, services
from partners.proposals.deadlines import decide_by
from partners.proposals.forms import WhyNotForm

deciders = access.roles(policies.DECIDERS)


@deciders
@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """Every review that waits for a referral or a reason."""
    rows = [
        {"clock": row, "due_at": decide_by(row.done_at) if row.done_at else None}
        for row in selectors.waiting_listed(actor_of(request))
    ]
    return render(request, "proposals/list.html", {"rows": rows, "most": selectors.SHOWN})


@deciders
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, incident: str) -> HttpResponse:
    """Partners of the area with one press to begin a referral, and why not."""
    case = case_for(request, incident)
    clock = selectors.undecided_of(case.actor, case.incident)
    refusal = policies.may_decide(case.actor, case.incident)
    if refusal is None and clock is None:
        refusal = services.NOTHING_WAITS

    def run(answers: dict[str, Any]) -> Any:
        return services.say_why_not(actor=case.actor, incident_id=case.incident.pk, **answers)

    return verb(
        request,
        case,
        title="Refer for tracing, or say why not",
        form=WhyNotForm(**posted(request), cancel_href=case.at("services")),
        run=run,
        said="Kept. The next review asks again.",
        refusal=refusal,
        to=case.at("services"),
        template="proposals/decide.html",
        offers=selectors.offers_for(case.incident) if refusal is None else [],
        clock=clock,
        refer_refusal=may_refer(case.actor, case.incident),
    )
