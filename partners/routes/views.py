"""Pages of concerns: what waits, one concern with its next step, and each step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from foundation import access
from foundation.access import Refusal
from foundation.accounts.enums import POLICE
from foundation.actors import Actor
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from missingcases.views.common import go, show, visible
from missingcases.views.frame import case_for
from missingcases.views.verbs import posted, verb
from partners.routes import policies, selectors, services
from partners.routes.enums import ConcernStatus, Kind
from partners.routes.forms import ConsentForm, NotifyForm, RaiseForm, ReferForm, RuleOutForm, TellForm
from partners.routes.models import Concern
from partners.routes.next_steps import next_step
from partners.routes.states import CONCERN

police = access.roles(POLICE)
read_or_write = require_http_methods(["GET", "POST"])
_S = ConcernStatus


@dataclass(frozen=True)
class Step:
    """One step: its heading and button, its form, the state it leads to, its service."""

    label: str
    form: Callable[..., Any]
    to: ConcernStatus
    run: Callable[..., Concern]
    said: str
    needs_concern: bool = False
    or_to: ConcernStatus | None = None


STEPS: dict[str, Step] = {
    "tell": Step(
        "Record that the local authority was told",
        TellForm,
        _S.AUTHORITY_TOLD,
        lambda actor, pk, answers: services.tell_authority(
            actor=actor, concern_id=pk, authority_id=answers["authority"].pk, person=answers["person"]
        ),
        "Recorded. Now a first responder refers the child, within a day.",
        needs_concern=True,
    ),
    "consent": Step(
        "Record what they answered",
        ConsentForm,
        _S.CONSENTED,
        lambda actor, pk, answers: services.record_consent(actor=actor, concern_id=pk, **answers),
        "Recorded.",
        or_to=_S.NOT_CONSENTED,
    ),
    "refer": Step(
        "Record the referral",
        ReferForm,
        _S.REFERRED,
        lambda actor, pk, answers: services.refer(actor=actor, concern_id=pk, **answers),
        "Recorded. The responder has it.",
        needs_concern=True,
    ),
    "notify": Step(
        "Record the notice that names nobody",
        NotifyForm,
        _S.NOTIFIED,
        lambda actor, pk, answers: services.notify(actor=actor, concern_id=pk, **answers),
        "Recorded. What is kept of the notice cannot be joined to this person.",
    ),
    "rule-out": Step(
        "Rule it out",
        RuleOutForm,
        _S.RULED_OUT,
        lambda actor, pk, answers: services.rule_out(actor=actor, concern_id=pk, **answers),
        "Ruled out.",
    ),
}


@police
@require_GET
def concerns(request: HttpRequest) -> HttpResponse:
    """What waits for a step, and notices that name nobody."""
    actor = actor_of(request)
    rows = selectors.read_list(actor, selectors.open_of(actor))
    context = {
        "rows": [{"concern": row, "next": next_step(row)} for row in rows],
        "notices": selectors.notices_of(actor)[: selectors.SHOWN],
        "most": selectors.SHOWN,
    }
    return render(request, "routes/list.html", context)


@police
@read_or_write
def raise_concern(request: HttpRequest, incident: str) -> HttpResponse:
    """Raise a concern by hand."""
    case = case_for(request, incident)
    form = RaiseForm(**posted(request), cancel_href=case.at("services"))

    def run(answers: dict[str, Any]) -> Concern:
        return services.raise_by_hand(actor=case.actor, incident_id=case.incident.pk, **answers)

    return verb(
        request,
        case,
        title="Raise a concern",
        form=form,
        run=run,
        said="Raised. Its next step waits under My work.",
        refusal=policies.may_raise(case.actor, case.incident),
        to=case.at("services"),
        happens=[
            "A clock starts for the first step of the route.",
            "Your force reads it; the charity, partners and the family do not.",
        ],
    )


@police
@require_GET
def concern(request: HttpRequest, reference: str) -> HttpResponse:
    """One concern, with its next step."""
    actor = actor_of(request)
    row = concern_of(request, reference)
    ways = [(name, step, _refusal(row, step, actor)) for name, step in STEPS.items()]
    context = {
        "concern": row,
        "next": next_step(row),
        "steps": [
            {"label": step.label, "href": _at(row, name), "refusal": refusal}
            for name, step, refusal in ways
            if _offered(row, step, actor)
        ],
        "kept_from_family": row.kind == Kind.FORCED_MARRIAGE,
    }
    return render(request, "routes/concern.html", context)


def _offered(row: Concern, step: Step, actor: Actor) -> bool:
    """Whether the route has this step from where the concern stands; who may take it is asked apart."""
    return any(_leads(row, to, actor) for to in (step.to, step.or_to) if to is not None)


def _leads(row: Concern, to: ConcernStatus, actor: Actor) -> bool:
    way = CONCERN.by_pair.get((row.status, to))
    refusal = way.guard(row, actor) if way and way.guard else None
    return way is not None and (refusal is None or refusal.code != "other_path")


def _refusal(row: Concern, step: Step, actor: Actor) -> Refusal | None:
    """Why the actor may not take the step now, by whichever of its ways the concern has."""
    to = step.to if _leads(row, step.to, actor) or step.or_to is None else step.or_to
    return CONCERN.may(row, to, actor)


@police
@read_or_write
def act(request: HttpRequest, reference: str, step: str) -> HttpResponse:
    """Take one step."""
    actor = actor_of(request)
    row = concern_of(request, reference)
    doing = STEPS.get(step)
    if doing is None or not _offered(row, doing, actor):
        raise Http404
    more = {"concern": row} if doing.needs_concern else {}
    form = doing.form(**posted(request), **more, cancel_href=_at(row))
    if request.method == "POST" and not isinstance(
        attempt(form, lambda answers: doing.run(actor, row.pk, answers)), Failed
    ):
        return go(request, _at(row), said=doing.said)
    context = {
        "concern": row,
        "form": form,
        "heading": doing.label,
        "refusal": _refusal(row, doing, actor),
        "names_nobody": step == "notify",
        "kept_from_family": row.kind == Kind.FORCED_MARRIAGE,
    }
    return show(request, "routes/act.html", context)


def concern_of(request: HttpRequest, reference: str) -> Concern:
    """The concern, for the force that holds the incident; 404 for everybody else."""
    return visible(lambda: selectors.concern_named(actor_of(request), reference))


def _at(row: Concern, step: str = "") -> str:
    return (
        reverse("routes:act", args=[row.reference, step])
        if step
        else reverse("routes:concern", args=[row.reference])
    )
