"""One concern: words are proposed, then passed on by another person, or confidence is kept."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from families.helpline import policies, selectors, services
from families.helpline.forms import ProposeForm, ReleaseForm
from families.helpline.models import Concern
from families.helpline.views.common import do, frame, helpline
from foundation.audit import services as audit
from foundation.exceptions import NotVisible
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from foundation.ui.forms import HarbourForm
from foundation.ui.reasons import ReasonForm
from missingcases.services import read_release

_CHOICES = ("propose", "release", "keep")
_SAID = {
    "propose": "Proposed. A duty manager who did not write it decides.",
    "release": "Passed to the force. It must acknowledge.",
    "keep": "Kept confidential. Your decision is recorded.",
}


def _concern_or_404(request: HttpRequest, reference: str) -> Concern:
    try:
        return selectors.concern_named(actor_of(request), reference)
    except NotVisible:
        raise Http404 from None


@helpline
@require_http_methods(["GET", "POST"])
def concern(request: HttpRequest, reference: str) -> HttpResponse:
    """One concern. Each reading is audited."""
    found, actor = _concern_or_404(request, reference), actor_of(request)
    forms = _forms(request, found)
    name = next((name for name in _CHOICES if f"{name}-reason" in request.POST), "propose")
    if request.method == "POST":
        done = attempt(forms[name], lambda given: _decide(request, found, name, given))
        if not isinstance(done, Failed):
            messages.success(request, _SAID[name])
            return redirect("helpline:concern", reference=reference)
    audit.record(actor=actor, action="helpline.concern_read", target=found, fields=["concern"])
    context = frame(
        concern=found,
        words=_words(request, found),
        decide_refusal=policies.may_decide_concern(actor, found),
        propose_refusal=policies.may_propose(actor, found),
        release_refusal=policies.may_release(actor, found),
        form=forms[name] if request.method == "POST" else None,
        **{f"{key}_form": form for key, form in forms.items()},
    )
    return render(request, "helpline/concern.html", context, status=422 if request.method == "POST" else 200)


def _forms(request: HttpRequest, found: Concern) -> dict[str, HarbourForm]:
    def sent(name: str) -> QueryDict | None:
        return request.POST if f"{name}-reason" in request.POST else None

    return {
        "propose": ProposeForm(
            sent("propose"),
            prefix="propose",
            is_linked=selectors.linked_incident(found.contact) is not None,
        ),
        "release": ReleaseForm(sent("release"), prefix="release", initial={"release": found.release_id}),
        "keep": ReasonForm(
            sent("keep"),
            prefix="keep",
            hint="Kept with the record. Do not write what they told us in confidence.",
            longest=500,
            submit_label="Keep this confidential",
        ),
    }


def _words(request: HttpRequest, found: Concern) -> str:
    """The proposed words, for those who may read them: their author, and the managers."""
    if found.release_id is None:
        return ""
    try:
        return read_release(actor=actor_of(request), release_id=found.release_id).get("message", "")
    except NotVisible:
        return ""


def _decide(request: HttpRequest, found: Concern, name: str, given: dict[str, Any]) -> Concern:
    who: dict[str, Any] = {"actor": actor_of(request), "concern_id": found.pk, "reason": given["reason"]}
    if name == "propose":
        force = given.get("force")
        return services.propose_words(
            **who, text=given["text"], ground=given["ground"], force_id=force.pk if force else None
        )
    if name == "keep":
        return services.keep_confidential(**who)
    return services.release_to_force(**who, release_id=given["release"])


@helpline
@require_POST
def take(request: HttpRequest, reference: str) -> HttpResponse:
    """The duty manager has it."""
    found = _concern_or_404(request, reference)
    return do(
        request,
        lambda: services.take_concern(actor=actor_of(request), concern_id=found.pk),
        said="It is with you.",
        then="helpline:concern",
        reference=reference,
    )
