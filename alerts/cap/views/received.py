"""Alerts of the national system: listed, read, taken up as a proposal, or dismissed."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from alerts.cap import policies, selectors, services
from alerts.cap.enums import ProposalStatus
from alerts.cap.forms import RehearseForm, ShowForm, TakeUpForm
from alerts.cap.models import CapMessage, CapProposal
from alerts.cap.states import LOOKERS
from alerts.models import ChildRescueAlert
from foundation import access
from foundation.accounts.enums import Role
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import NotVisible
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from foundation.ui.reasons import ReasonForm

lookers = access.roles(LOOKERS)
_SHOWN = 50


def _proposal(request: HttpRequest, reference: str) -> CapProposal:
    try:
        return selectors.proposal_named(actor_of(request), reference)
    except NotVisible:
        raise Http404 from None


@lookers
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """What waits, what its sender called off, and the newest that was decided."""
    actor = actor_of(request)
    waiting = list(selectors.waiting(actor)[:_SHOWN])
    called_off = list(selectors.called_off(actor)[:_SHOWN])
    rows = selectors.proposals_visible_to(actor).exclude(status=ProposalStatus.WAITING)
    decided = list(rows[:_SHOWN])
    untreated = list(selectors.untreated(actor))
    shown = sorted({row.pk for row in (*waiting, *called_off, *decided)})
    audit.record(actor=actor, action="cap.listed", target=CapProposal, target_ids=shown)
    if untreated:
        ids = sorted(row.pk for row in untreated)
        audit.record(actor=actor, action="cap.listed", target=CapMessage, target_ids=ids)
    context = {
        "waiting": waiting,
        "called_off": called_off,
        "decided": decided,
        "untreated": untreated,
        "is_unit": actor.holds({Role.NATIONAL_UNIT}),
    }
    return render(request, "cap/list.html", context)


@lookers
@require_http_methods(["GET", "POST"])
def proposal(request: HttpRequest, reference: str) -> HttpResponse:
    """One that came in: what it says, what its sender said later, and what is made of it. Audited."""
    found, actor = _proposal(request, reference), actor_of(request)
    form = _take_up_form(request, found)
    if request.method == "POST":
        done = attempt(form, lambda given: _taken(actor, found, given.get("incident", "")))
        if not isinstance(done, Failed):
            words = "A rehearsal is begun." if found.is_exercise else "An alert is proposed."
            messages.success(request, f"{words} Its reference is {done.reference}.")
            return redirect("cap:proposal", reference=reference)
    services.record_read(actor=actor, proposal=found)
    context = {
        "proposal": found,
        "told": selectors.told_by(found.message),
        "later": selectors.later_of(found.message),
        "form": form,
        "take_up_refusal": policies.may_take_up(actor, found),
        "dismiss_refusal": policies.may_dismiss(actor, found),
        "may_show": policies.may_show(actor, found) is None,
        "is_waiting": found.status == ProposalStatus.WAITING,
        "forces": selectors.forces().filter(pk__in=found.force_ids),
        "alert_url": _alert_url(found),
    }
    return render(request, "cap/proposal.html", context, status=422 if form.is_bound else 200)


def _take_up_form(request: HttpRequest, found: CapProposal) -> TakeUpForm | RehearseForm:
    data = request.POST if request.method == "POST" else None
    return RehearseForm(data) if found.is_exercise else TakeUpForm(data)


def _taken(actor: Actor, found: CapProposal, incident: str) -> ChildRescueAlert:
    return services.take_up(actor=actor, proposal_id=found.pk, incident_reference=incident)


def _alert_url(found: CapProposal) -> str:
    return reverse("alerts:room", args=[found.alert.reference]) if found.alert else ""


@lookers
@require_http_methods(["GET", "POST"])
def dismiss(request: HttpRequest, reference: str) -> HttpResponse:
    """Nothing follows from it, and why."""
    found, actor = _proposal(request, reference), actor_of(request)
    form = ReasonForm(
        request.POST if request.method == "POST" else None,
        hint="Kept with the record. Do not repeat what the message says of the child.",
        longest=500,
        submit_label="Dismiss it",
    )
    if request.method == "POST":
        done = attempt(
            form,
            lambda given: services.dismiss(actor=actor, proposal_id=found.pk, reason=given["reason"]),
        )
        if not isinstance(done, Failed):
            messages.success(request, "Dismissed.")
            return redirect("cap:list")
    context = {"proposal": found, "form": form, "refusal": policies.may_dismiss(actor, found)}
    return render(request, "cap/dismiss.html", context, status=422 if form.is_bound else 200)


@access.roles(Role.NATIONAL_UNIT)
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """Show it to a force that its areas do not name."""
    found, actor = _proposal(request, reference), actor_of(request)
    form = ShowForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        done = attempt(
            form,
            lambda given: services.show_to_force(
                actor=actor, proposal_id=found.pk, force_id=given["force"].pk
            ),
        )
        if not isinstance(done, Failed):
            messages.success(request, "The force sees it now.")
            return redirect("cap:proposal", reference=reference)
    context = {"proposal": found, "form": form, "refusal": policies.may_show(actor, found)}
    return render(request, "cap/show.html", context, status=422 if form.is_bound else 200)
