"""Asking another force for a link, answering, and what each side sees of the other."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation import access
from foundation.access import Refused
from foundation.accounts.enums import POLICE
from foundation.actors import Actor
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from missingcases.links import policies, selectors, services
from missingcases.links.enums import LinkStatus
from missingcases.links.forms import AcceptForm, AskForm, DeclineForm, EndForm
from missingcases.links.models import RecordLink
from missingcases.links.states import LINK, LINKERS
from missingcases.views.common import go, show, visible
from missingcases.views.frame import case_for
from missingcases.views.verbs import posted, verb

read_or_write = require_http_methods(["GET", "POST"])


@access.roles(LINKERS)
@require_GET
def links(request: HttpRequest) -> HttpResponse:
    """Questions to answer, questions asked, and the links in being."""
    actor = actor_of(request)
    found = selectors.listed(actor)
    context = {
        "to_answer": found.to_answer,
        "waiting": [line_of(actor, row) for row in found.waiting],
        "linked": [line_of(actor, row) for row in found.linked],
        "most": selectors.SHOWN,
    }
    return render(request, "links/links.html", context)


def line_of(actor: Actor, row: RecordLink) -> dict[str, Any]:
    """One link as a line: one's own incident, and of the other side what the link policy allows."""
    own = selectors.own_side_of(actor, row)
    return {
        "link": row,
        "href": reverse("links:link", args=[row.reference]),
        "own": own.reference if own else "",
        "own_href": reverse("missingcases:overview", args=[own.reference]) if own else "",
        "other": selectors.other_side_of(actor, row),
    }


@access.roles(LINKERS)
@read_or_write
def ask(request: HttpRequest, incident: str) -> HttpResponse:
    """Ask a force whether it has a record of this person. The answer here never tells whether it has."""
    case = case_for(request, incident)
    refusal = policies.may_ask(case.actor, case.incident)
    likely = selectors.forces_to_ask(case.actor, case.incident) if refusal is None else []
    form = AskForm(
        **posted(request),
        actor=case.actor,
        initial={"force": likely[0].pk if len(likely) == 1 else None},
        cancel_href=case.at("people"),
    )

    def run(answers: dict[str, Any]) -> Any:
        return services.ask_link(
            actor=case.actor,
            incident_id=case.incident.pk,
            organisation_id=answers["force"].pk,
            named=answers["named"],
            words=answers["words"],
        )

    return verb(
        request,
        case,
        title="Ask another force for a link",
        form=form,
        run=run,
        said="Asked. You are told when they answer. Until then neither force sees the other's record.",
        refusal=refusal,
        to=case.at("people"),
        happens=[
            "Their supervisors and coordinators read that your force asks, and what you tell them below.",
            "They see nothing of your record until they accept.",
            "Once they accept, each force sees the other's reference, status and contact, and nothing more.",
        ],
        template="links/ask.html",
        forces=[one.name for one in likely],
    )


@access.roles(POLICE)
@require_GET
def link(request: HttpRequest, reference: str) -> HttpResponse:
    """One link, from one's own side."""
    actor = actor_of(request)
    row = visible(lambda: selectors.link_named(actor, reference))
    is_asked = actor.organisation_id == row.asked_id
    context = {
        "link": row,
        "is_asked": is_asked,
        "line": line_of(actor, row),
        "contact": selectors.contact_at(actor, row),
        "here": selectors.named_here(actor, row) if is_asked and row.status == LinkStatus.ASKED else None,
        "answer_refusal": LINK.may(row, LinkStatus.ACCEPTED, actor),
        "withdraw_refusal": LINK.may(row, LinkStatus.WITHDRAWN, actor),
        "end_refusal": LINK.may(row, LinkStatus.ENDED, actor),
    }
    return render(request, "links/link.html", context)


@access.roles(LINKERS)
@read_or_write
def accept(request: HttpRequest, reference: str) -> HttpResponse:
    """Say yes, and which incident of one's own it is."""
    actor, row = _to_answer(request, reference)
    here = selectors.named_here(actor, row)
    form = AcceptForm(
        **posted(request), initial={"incident": here.reference if here else ""}, cancel_href=_at(row)
    )

    def run(answers: dict[str, Any]) -> RecordLink:
        return services.accept_link(actor=actor, link_id=row.pk, incident_reference=answers["incident"])

    return _answer(
        request, row, form, run, "accept", "The link is made. Each force sees the other's reference."
    )


@access.roles(LINKERS)
@read_or_write
def decline(request: HttpRequest, reference: str) -> HttpResponse:
    """Say no, and why."""
    actor, row = _to_answer(request, reference)
    form = DeclineForm(**posted(request), cancel_href=_at(row))

    def run(answers: dict[str, Any]) -> RecordLink:
        return services.decline_link(actor=actor, link_id=row.pk, reason=answers["reason"])

    return _answer(request, row, form, run, "decline", "Declined. The other force reads your reason.")


def _to_answer(request: HttpRequest, reference: str) -> tuple[Actor, RecordLink]:
    actor = actor_of(request)
    rows = selectors.asked_of(actor).filter(reference=reference)
    return actor, visible(lambda: selectors.only(actor, rows, reference))


def _answer(request: HttpRequest, row: RecordLink, form: Any, run: Any, name: str, said: str) -> HttpResponse:
    if request.method == "POST" and not isinstance(done := attempt(form, run), Failed):
        joined = done.status == LinkStatus.JOINED
        return go(request, reverse("links:list"), said="The two were linked already." if joined else said)
    return show(request, f"links/{name}.html", {"link": row, "form": form})


@access.roles(LINKERS)
@require_POST
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Take one's own question back."""
    actor = actor_of(request)
    rows = selectors.asked_by(actor).filter(reference=reference)
    row = visible(lambda: selectors.only(actor, rows, reference))
    try:
        services.withdraw_link(actor=actor, link_id=row.pk)
    except Refused as problem:
        messages.warning(request, problem.refusal.message)
        return redirect(_at(row))
    return go(request, _at(row), said="The question is taken back.")


@access.roles(LINKERS)
@read_or_write
def end(request: HttpRequest, reference: str) -> HttpResponse:
    """End a link from one's own side."""
    actor = actor_of(request)
    row = visible(lambda: selectors.link_named(actor, reference))
    form = EndForm(**posted(request), cancel_href=_at(row))
    refusal = LINK.may(row, LinkStatus.ENDED, actor)

    def run(answers: dict[str, Any]) -> RecordLink:
        return services.end_link(actor=actor, link_id=row.pk, reason=answers["reason"])

    if request.method == "POST" and not isinstance(attempt(form, run), Failed):
        return go(
            request, _at(row), said="The link has ended. Neither force sees anything of the other's record."
        )
    context = {"link": row, "line": line_of(actor, row), "form": form, "refusal": refusal}
    return show(request, "links/end.html", context)


def _at(row: RecordLink) -> str:
    return reverse("links:link", args=[row.reference])
