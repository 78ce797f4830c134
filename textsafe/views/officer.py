"""Pages of the police side: ask, look, take back, veto. They read the officer's view and nothing else."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from foundation.access import Refused
from foundation.exceptions import NotVisible
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from missingcases.models import Incident, Phone
from missingcases.selectors import Cursor, Filters, incident_for, list_page
from textsafe import policies, selectors
from textsafe.forms.officer import AskForm
from textsafe.models import Request
from textsafe.services import requests
from textsafe.views.common import as_404, officer, why


def _incident(request: HttpRequest, reference: str) -> Incident:
    """The incident, for its own force alone; 404 for everybody else."""
    try:
        incident = incident_for(actor_of(request), reference)
    except NotVisible:
        raise as_404("No such incident.") from None
    if incident.owner_id != actor_of(request).organisation_id:
        raise as_404("No such incident.")
    return incident


def _phones(incident: Incident) -> list[Phone]:
    return list(
        Phone.objects.filter(person_id=incident.person_id, is_current=True).order_by("-verified", "pk")
    )


@officer
@require_http_methods(["GET"])
def start(request: HttpRequest) -> HttpResponse:
    """Whom a text is for: the open incidents of the officer's own force."""
    actor = actor_of(request)
    page = list_page(
        actor,
        Filters(open_only=True, owner_id=actor.organisation_id),
        older_than=Cursor.read(request.GET.get("after", "")),
        newer_than=Cursor.read(request.GET.get("before", "")),
    )
    context = {"rows": page.incidents, "older": page.older, "newer": page.newer}
    return render(request, "textsafe/start.html", context)


@officer
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for a TextSafe for one incident."""
    incident = _incident(request, reference)
    veto = selectors.veto_on(incident.pk)
    refusal = policies.may_request(actor_of(request), incident, veto=veto)
    form = AskForm(request.POST or None, phones=_phones(incident))
    if request.method == "POST" and refusal is None:
        made = attempt(form, lambda _: _ask(request, incident, form))
        if not isinstance(made, Failed):
            _say_asked(request, made, form)
            return redirect("textsafe:request", reference=made.reference)
    context = {
        "incident": incident,
        "form": form,
        "refusal": refusal,
        "veto": veto,
        "wordings": selectors.wordings_visible_to(actor_of(request)),
    }
    return render(request, "textsafe/ask.html", context)


def _ask(request: HttpRequest, incident: Incident, form: AskForm) -> Request:
    return requests.ask_for_text(
        actor=actor_of(request),
        incident_id=incident.pk,
        form_token=form.cleaned_data["form_token"],
        phone_id=form.phone_id(),
        number=form.cleaned_data["number"],
        answers=form.answers(),
        language=form.cleaned_data["language"],
    )


def _say_asked(request: HttpRequest, made: Request, form: AskForm) -> None:
    if made.form_token == form.cleaned_data["form_token"]:
        messages.success(request, "The charity has your request. This page shows whether the text was sent.")
    else:
        messages.info(request, "A text to this number has been asked for already. This is that request.")


def _request(http: HttpRequest, reference: str) -> Request:
    rows = selectors.requests_visible_to(actor_of(http)).select_related("incident", "requested_by")
    return get_object_or_404(rows, reference=reference)


@officer
@require_http_methods(["GET"])
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """What became of a request, as far as the police side may know.

    Each look is audited; a poll is the same look going on, until it shows something new.
    """
    found = _request(request, reference)
    view = selectors.seen_by_officer(found, now=timezone.now())
    polled = bool(request.headers.get("X-Harbour-Poll"))
    requests.record_delivery_viewed(actor=actor_of(request), request=found, view=view, again=polled)
    if polled:
        return render(request, "textsafe/_standing.html", {"asked": found, "view": view})
    context: dict[str, Any] = {
        "incident": found.incident,
        "asked": found,
        "view": view,
        "withdraw_refusal": policies.may_withdraw(actor_of(request), found, view),
    }
    return render(request, "textsafe/request.html", context)


@officer
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a request back, after a second thought."""
    found = _request(request, reference)
    if request.method == "POST":
        _withdraw(request, found)
        return redirect("textsafe:request", reference=reference)
    return render(request, "textsafe/withdraw.html", {"asked": found, "incident": found.incident})


def _withdraw(request: HttpRequest, found: Request) -> None:
    try:
        held = requests.withdraw_request(actor=actor_of(request), request_id=found.pk)
    except Refused as error:
        messages.error(request, error.refusal.message)
        return
    if held:
        messages.success(request, "The request was taken back.")
    else:
        messages.warning(request, "The text was already being sent, so it may still arrive. Look here again.")


@officer
@require_http_methods(["GET", "POST"])
def veto(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that no text be sent for an incident, or lift that."""
    incident = _incident(request, reference)
    standing = selectors.veto_on(incident.pk)
    actor = actor_of(request)
    if standing is None:
        refusal = policies.may_veto(actor, incident, veto=None)
        submit, said = "Stop texts for this incident", "No text will be sent."
    else:
        refusal = policies.may_lift_veto(actor, incident, veto=standing)
        submit, said = "Allow texts again", "Texts may be asked for again."
    form = why(request.POST or None, submit_label=submit)
    if request.method == "POST" and refusal is None:
        verb = requests.make_veto if standing is None else requests.lift_veto
        done = attempt(form, lambda answers: verb(actor=actor, incident_id=incident.pk, **answers))
        if not isinstance(done, Failed):
            messages.success(request, said)
            return redirect("textsafe:ask", reference=reference)
    context = {"incident": incident, "form": form, "refusal": refusal, "veto": standing}
    return render(request, "textsafe/veto.html", context)
