"""What the public wrote: the charity's desk judges and passes on, the force acknowledges and answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from appeals import policies
from appeals.enums import SightingStatus, SubmissionKind
from appeals.forms.sightings import OutcomeForm, TriageForm
from appeals.models import Sighting
from appeals.selectors.sightings import finished, sighting_for, to_answer, to_triage
from appeals.services import sightings as services
from appeals.states import TRIAGERS
from foundation import access
from foundation.access import Refused
from foundation.accounts.enums import POLICE
from foundation.audit import services as audit
from foundation.exceptions import Invalid, NotVisible
from foundation.files.serving import sent
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from foundation.ui.forms import HarbourForm
from foundation.ui.reasons import ReasonForm
from missingcases.intelligence.enums import Origin
from missingcases.intelligence.services import raising_of

_SHOWN = 100
# Each form of the page, and where it goes.
_FORMS = {"triage_form": "judge", "outcome_form": "finish", "again_form": "look_again"}
readers = access.roles(TRIAGERS | POLICE)
desk = access.roles(TRIAGERS)
force = access.roles(POLICE)


@readers
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """What waits for this side, the first to be late first, and what was finished lately."""
    actor = actor_of(request)
    of_charity = actor.holds(TRIAGERS)
    waiting = to_triage(actor) if of_charity else to_answer(actor)
    rows = list(waiting.select_related("appeal", "incident", "area")[:_SHOWN])
    done = list(finished(actor).select_related("appeal")[:20])
    shown = [row.pk for row in (*rows, *done)]
    if shown:
        audit.record(actor=actor, action="appeals.sightings_listed", target=Sighting, target_ids=shown)
    context = {"rows": rows, "done": done, "of_charity": of_charity, "now": timezone.now()}
    return render(request, "appeals/sightings.html", context)


@readers
@never_cache
@require_GET
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """One sighting, with what this reader can do about it now."""
    return _page(request, _opened(request, reference))


def _opened(request: HttpRequest, reference: str) -> Sighting:
    try:
        return services.open_sighting(actor=actor_of(request), reference=reference)
    except NotVisible:
        raise Http404 from None


def _page(request: HttpRequest, sighting: Sighting, **forms: HarbourForm) -> HttpResponse:
    actor = actor_of(request)
    made: dict[str, Any] = {
        "triage_form": TriageForm(prefix="triage"),
        "outcome_form": OutcomeForm(prefix="outcome", sighting=sighting),
        "again_form": _again(None),
        **forms,
    }
    for name, address in _FORMS.items():
        made[name].helper.form_action = reverse(f"sightings:{address}", args=[sighting.reference])
    may = {
        "may_triage": policies.may_triage(actor, sighting) is None,
        "may_pass": policies.may_pass_sighting(actor, sighting) is None,
        "may_look_again": policies.may_look_again(actor, sighting) is None,
        "may_acknowledge": policies.may_acknowledge_sighting(actor, sighting) is None,
        "may_assess": policies.may_assess_sighting(actor, sighting) is None,
        "may_finish": policies.may_finish_sighting(actor, sighting) is None,
    }
    context = {
        "sighting": sighting,
        "raising": raising_of(
            actor,
            origin=Origin.SIGHTING,
            label="appeals.Sighting",
            record_id=sighting.pk,
            incident_id=sighting.incident_id,
        ),
        "of_charity": actor.holds(TRIAGERS),
        "is_sighting": sighting.kind == SubmissionKind.SIGHTING,
        "waits": sighting.status == SightingStatus.PASSED_TO_POLICE,
        "form": next(iter(forms.values()), None),
        **may,
        **made,
    }
    return render(request, "appeals/sighting.html", context)


def _again(data: QueryDict | None) -> ReasonForm:
    return ReasonForm(data, prefix="again", longest=500, submit_label="Look at it again")


@desk
@require_POST
def judge(request: HttpRequest, reference: str) -> HttpResponse:
    """Say how urgent it is."""
    form = TriageForm(request.POST, prefix="triage")
    return _tried(
        request,
        reference,
        "triage_form",
        form,
        lambda answers: services.triage(actor=actor_of(request), reference=reference, **answers),
        "Judged. If they are in danger, ring 999 and pass it on now.",
    )


@desk
@require_POST
def look_again(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a judgement back."""
    return _tried(
        request,
        reference,
        "again_form",
        _again(request.POST),
        lambda answers: services.look_again(actor=actor_of(request), reference=reference, **answers),
        "It waits to be judged again.",
    )


@desk
@require_POST
def pass_on(request: HttpRequest, reference: str) -> HttpResponse:
    """Hand it to the force."""
    return _pressed(
        request,
        reference,
        lambda: services.pass_to_police(actor=actor_of(request), reference=reference),
        "The force has it. It is to acknowledge it.",
    )


@force
@require_POST
def acknowledge(request: HttpRequest, reference: str) -> HttpResponse:
    """The force has it."""
    return _pressed(
        request,
        reference,
        lambda: services.acknowledge_sighting(actor=actor_of(request), reference=reference),
        "Acknowledged.",
    )


@force
@require_POST
def assess(request: HttpRequest, reference: str) -> HttpResponse:
    """The force has looked into it."""
    return _pressed(
        request,
        reference,
        lambda: services.assess_sighting(actor=actor_of(request), reference=reference),
        "Marked as assessed.",
    )


@readers
@require_http_methods(["POST"])
def finish(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what came of it."""
    sighting = _seen(request, reference)
    form = OutcomeForm(request.POST, prefix="outcome", sighting=sighting)
    return _tried(
        request,
        reference,
        "outcome_form",
        form,
        lambda answers: services.record_sighting_outcome(
            actor=actor_of(request), reference=reference, **answers
        ),
        "The outcome is saved.",
    )


def _seen(request: HttpRequest, reference: str) -> Sighting:
    try:
        return sighting_for(actor_of(request), reference)
    except NotVisible:
        raise Http404 from None


def _tried(
    request: HttpRequest,
    reference: str,
    name: str,
    form: HarbourForm,
    run: Callable[[dict[str, Any]], Any],
    said: str,
) -> HttpResponse:
    """Run a verb of a form; where it is refused the page comes back with all that was typed."""
    if isinstance(attempt(form, run), Failed):
        return _page(request, _opened(request, reference), **{name: form})
    messages.success(request, said)
    return redirect("sightings:sighting", reference)


def _pressed(request: HttpRequest, reference: str, run: Callable[[], Any], said: str) -> HttpResponse:
    """Run a verb of one button and say how it went."""
    try:
        run()
    except NotVisible:
        raise Http404 from None
    except Refused as error:
        messages.error(request, error.refusal.message)
    except Invalid as error:
        messages.error(request, " ".join(error.problems.values()))
    else:
        messages.success(request, said)
    return redirect("sightings:sighting", reference)


@readers
@never_cache
@require_GET
def photo(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The photo that came with it, written anew by us. Seeing it is audited."""
    try:
        sighting, handle = services.open_sighting_photo(actor=actor_of(request), reference=reference)
    except NotVisible:
        raise Http404 from None
    return sent(handle, content_type=sighting.photo_type)
