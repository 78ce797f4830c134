"""What is to come of an interview, completing it, and the second look."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from foundation import access
from foundation.access import Refused
from foundation.exceptions import Invalid
from foundation.requests import actor_of
from missingcases.views.common import go, visible
from missingcases.views.verbs import posted
from rhi.interviews import policies, selectors, services
from rhi.interviews.enums import OutcomeKind
from rhi.interviews.forms import DoneForm, DropForm, FinishForm, OutcomeForm, ReopenForm
from rhi.interviews.models import Outcome
from rhi.interviews.views.common import asked, at, opened, read_or_write
from rhi.states import ALLOCATORS, WORKERS


@access.roles(WORKERS)
@read_or_write
def confirm(request: HttpRequest, reference: str) -> HttpResponse:
    """Decide that something is to be done; a proposal fills in what it knows."""
    actor, interview = opened(request, reference)
    proposals = selectors.proposals_of(interview, selectors.answers_of(interview))
    wanted = request.GET.get("kind", "")
    ground = next((one.ground for one in proposals if one.kind == wanted), "")
    form = OutcomeForm(
        **posted(request), initial={"kind": wanted, "ground": ground}, cancel_href=at(interview)
    )

    def run(answers: dict[str, Any]) -> Outcome:
        return services.confirm_outcome(actor=actor, reference=reference, **answers)

    return asked(
        request,
        interview,
        title="What is to be done",
        form=form,
        run=run,
        said="Noted as to be done.",
        refusal=policies.may_write(actor, interview),
        happens=(
            "Nothing is sent by this alone: the report tells the authority.",
            "Intelligence for the police becomes a draft of your words below, under Intelligence.",
            "Somebody in danger now: ring first, then write.",
        ),
    )


@access.roles(WORKERS)
@read_or_write
def drop(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """Decide that nothing is to come of a proposal."""
    if kind not in OutcomeKind.values:
        raise Http404
    actor, interview = opened(request, reference)
    form = DropForm(**posted(request), cancel_href=at(interview))

    def run(answers: dict[str, Any]) -> Outcome:
        return services.drop_outcome(actor=actor, reference=reference, kind=kind, reason=answers["reason"])

    return asked(
        request,
        interview,
        title=f"Not needed: {OutcomeKind(kind).label}",
        form=form,
        run=run,
        said="Noted as not needed.",
        refusal=policies.may_write(actor, interview),
        happens=("Your reason is kept.", "A later answer that speaks for it proposes it again."),
    )


@access.roles(WORKERS)
@read_or_write
def done(request: HttpRequest, outcome: str) -> HttpResponse:
    """Record that it was done."""
    actor = actor_of(request)
    row = visible(lambda: selectors.outcome_named(actor, outcome))
    form = DoneForm(**posted(request), cancel_href=at(row.interview))

    def run(answers: dict[str, Any]) -> Outcome:
        return services.finish_outcome(actor=actor, outcome_reference=outcome, result=answers["result"])

    title = f"Done: {row.get_kind_display()}"
    return asked(request, row.interview, title=title, form=form, run=run, said="Noted as done.")


@access.roles(WORKERS)
@read_or_write
def finish(request: HttpRequest, reference: str) -> HttpResponse:
    """Complete it, once nothing is open."""
    actor, interview = opened(request, reference)
    form = FinishForm(**posted(request), cancel_href=at(interview))

    def run(answers: dict[str, Any]) -> Any:
        return services.complete(actor=actor, reference=reference, held_at=answers["held_at"])

    happens = [
        "It can be changed no more, unless a manager opens it again.",
        "A manager reads it; the report to the authority is made from it.",
    ]
    if selectors.copies_out(interview).exists():
        happens.insert(0, "It is on a phone, which wipes it then: look there first that everything was sent.")
    return asked(
        request,
        interview,
        title="Complete the interview",
        form=form,
        run=run,
        said="The interview is complete.",
        refusal=policies.may_write(actor, interview),
        happens=tuple(happens),
    )


@access.roles(ALLOCATORS)
@require_POST
def approve(request: HttpRequest, reference: str) -> HttpResponse:
    """A second person has read it."""
    actor, interview = opened(request, reference)
    try:
        services.approve(actor=actor, reference=reference)
    except (Refused, Invalid) as problem:
        messages.warning(request, str(problem))
        return redirect(at(interview))
    return go(request, at(interview), said="Approved.")


@access.roles(ALLOCATORS)
@read_or_write
def reopen(request: HttpRequest, reference: str) -> HttpResponse:
    """Give it back to its interviewer."""
    actor, interview = opened(request, reference)
    form = ReopenForm(**posted(request), cancel_href=at(interview))

    def run(answers: dict[str, Any]) -> Any:
        return services.reopen(actor=actor, reference=reference, reason=answers["reason"])

    return asked(
        request,
        interview,
        title="Open the interview again",
        form=form,
        run=run,
        said="The interviewer can write again.",
        refusal=services.may_reopen(actor, interview),
        happens=("Its interviewer can change it and completes it anew.",),
    )
