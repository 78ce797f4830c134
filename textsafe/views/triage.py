"""Unknown numbers, and concerns before the duty manager."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.access import Refused
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from foundation.ui.forms import HarbourForm
from missingcases.services import read_release
from textsafe import policies, selectors
from textsafe.enums import TriageStatus
from textsafe.forms.charity import ProposeForm, ReleaseForm
from textsafe.models import Escalation, TriageItem
from textsafe.services import escalations, reading
from textsafe.services import triage as verbs
from textsafe.views.common import do, helpline, why
from textsafe.views.frame import desk


@helpline
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Texts from numbers that we never wrote to."""
    rows = list(selectors.triage_visible_to(actor_of(request)).filter(status=TriageStatus.NEW)[:100])
    aside = list(
        selectors.triage_visible_to(actor_of(request))
        .filter(status=TriageStatus.SET_ASIDE)
        .order_by("-handled_at")[:20]
    )
    shown = [row.pk for row in (*rows, *aside)]
    reading.record_list_read(actor=actor_of(request), model=TriageItem, ids=shown)
    return render(request, "textsafe/triage.html", desk(request, "triage", rows=rows, aside=aside))


@helpline
@require_POST
def open_item(request: HttpRequest, reference: str) -> HttpResponse:
    """Make a conversation of it."""
    item = selectors.triage_for(actor_of(request), reference)
    try:
        conversation = verbs.open_item(actor=actor_of(request), item_id=item.pk)
    except Refused as error:
        messages.error(request, error.refusal.message)
        return redirect("textsafe:triage")
    return redirect("textsafe:conversation", reference=conversation.reference)


@helpline
@require_http_methods(["GET", "POST"])
def set_aside(request: HttpRequest, reference: str) -> HttpResponse:
    """Say why it needs no answer."""
    item = selectors.triage_for(actor_of(request), reference)
    form = why(request.POST or None, submit_label="Set it aside")
    if request.method == "POST":
        done = attempt(
            form, lambda answers: verbs.set_aside(actor=actor_of(request), item_id=item.pk, **answers)
        )
        if not isinstance(done, Failed):
            messages.success(request, "Set aside.")
            return redirect("textsafe:triage")
    return render(request, "textsafe/set_aside.html", desk(request, "triage", item=item, form=form))


@helpline
@require_POST
def take_up(request: HttpRequest, reference: str) -> HttpResponse:
    """Put it back among the new."""
    item = selectors.triage_for(actor_of(request), reference)
    return do(
        request,
        lambda: verbs.take_up_again(actor=actor_of(request), item_id=item.pk),
        said="It is among the new texts again.",
        then="textsafe:triage",
    )


@helpline
@require_GET
def concerns(request: HttpRequest) -> HttpResponse:
    """Concerns, newest first."""
    rows = list(selectors.escalations_visible_to(actor_of(request))[:100])
    reading.record_list_read(actor=actor_of(request), model=Escalation, ids=[row.pk for row in rows])
    return render(request, "textsafe/concerns.html", desk(request, "concerns", rows=rows))


_CHOICES = ("propose", "release", "keep")


@helpline
@require_http_methods(["GET", "POST"])
def concern(request: HttpRequest, reference: str) -> HttpResponse:
    """One concern: words are proposed, then passed on by another person, or confidence is kept."""
    found = selectors.escalation_for(actor_of(request), reference)
    forms = _concern_forms(request, found)
    name = next((name for name in _CHOICES if f"{name}-reason" in request.POST), "propose")
    chosen = forms[name]
    if request.method == "POST":
        done = attempt(chosen, lambda answers: _decide(request, found, name, answers))
        if not isinstance(done, Failed):
            messages.success(request, _SAID[name])
            return redirect("textsafe:concern", reference=reference)
    actor = actor_of(request)
    reading.record_concern_opened(actor=actor, concern=found)
    context = desk(
        request,
        "concerns",
        concern=found,
        words=_words(request, found),
        decide_refusal=policies.may_decide_escalation(actor, found),
        propose_refusal=policies.may_propose(actor, found),
        release_refusal=policies.may_release(actor, found),
        form=chosen if request.method == "POST" else None,
        **{f"{key}_form": form for key, form in forms.items()},
    )
    return render(request, "textsafe/concern.html", context)


_SAID = {
    "propose": "Proposed. A duty manager who did not write it decides.",
    "release": "Passed to the force. It must acknowledge.",
    "keep": "Kept confidential. Your decision is recorded.",
}


def _concern_forms(request: HttpRequest, found: Escalation) -> dict[str, HarbourForm]:
    def sent(name: str) -> QueryDict | None:
        return request.POST if f"{name}-reason" in request.POST else None

    return {
        "propose": ProposeForm(sent("propose"), prefix="propose"),
        "release": ReleaseForm(sent("release"), prefix="release", initial={"release": found.release_id}),
        "keep": why(sent("keep"), prefix="keep", submit_label="Keep this confidential"),
    }


def _words(request: HttpRequest, found: Escalation) -> str:
    """The proposed words, for the charity's own people."""
    if found.release_id is None:
        return ""
    return read_release(actor=actor_of(request), release_id=found.release_id).get("message", "")


def _decide(request: HttpRequest, found: Escalation, name: str, data: dict[str, Any]) -> Escalation:
    actor = actor_of(request)
    if name == "propose":
        return escalations.propose_words(
            actor=actor, escalation_id=found.pk, text=data["text"], reason=data["reason"]
        )
    if name == "keep":
        return escalations.keep_confidential(actor=actor, escalation_id=found.pk, reason=data["reason"])
    return escalations.release_to_force(
        actor=actor, escalation_id=found.pk, release_id=data["release"], reason=data["reason"]
    )


@helpline
@require_POST
def take_concern(request: HttpRequest, reference: str) -> HttpResponse:
    """The duty manager takes it."""
    found = selectors.escalation_for(actor_of(request), reference)
    return do(
        request,
        lambda: escalations.take_concern(actor=actor_of(request), escalation_id=found.pk),
        said="It is with you.",
        then="textsafe:concern",
        reference=reference,
    )
