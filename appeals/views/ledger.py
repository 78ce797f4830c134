"""The takedown ledger: every outlet with when it was published, told, confirmed, and what is late."""

from __future__ import annotations

import io

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from appeals import policies, selectors, services
from appeals.enums import AppealStatus
from appeals.forms.record import EvidenceForm
from appeals.ledger import lines_of, outlets_of, said_of
from appeals.models import Appeal, Placement
from appeals.printing.services import certificate as print_certificate
from appeals.views.common import at, framed, opened, press, publicity_desk, readers, verb
from foundation.actors import Actor
from foundation.clock import in_london
from foundation.files.serving import sent
from foundation.printing.exceptions import NotPrinted
from foundation.requests import actor_of
from missingcases.views.common import visible
from missingcases.views.verbs import posted


@readers
@never_cache
@require_GET
def ledger(request: HttpRequest, reference: str) -> HttpResponse:
    """Where it is or was, and how each outlet takes it down."""
    actor, appeal = actor_of(request), opened(request, reference)
    lines = lines_of(selectors.placements_of(appeal))
    context = framed(
        request,
        appeal,
        "Takedown ledger",
        lines=[
            {
                "line": one,
                "refusal": policies.may_settle(actor, one.placement),
                "again_refusal": policies.may_say_seen_again(actor, one.placement),
                "try_refusal": policies.may_try_again(actor, one.placement),
            }
            for one in lines
        ],
        owed=sum(one.owes for one in lines),
        entries=[{"row": one, "said": said_of(one)} for one in selectors.entries_of(appeal)],
        ended=appeal.status == AppealStatus.WITHDRAWN,
    )
    return render(request, "appeals/ledger.html", context)


@publicity_desk
@require_POST
def tell_again(request: HttpRequest, reference: str, placement: str) -> HttpResponse:
    """Have an outlet told once more, now."""
    appeal = opened(request, reference)
    return press(
        request,
        appeal,
        lambda: services.tell_again(actor=actor_of(request), placement_reference=placement),
        said="It is told again now.",
        to=at("ledger", appeal),
    )


@publicity_desk
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, reference: str, placement: str) -> HttpResponse:
    """Record that an outlet no longer shows it, with what shows that."""
    actor, appeal = actor_of(request), opened(request, reference)
    found = _of(actor, appeal, placement)
    return verb(
        request,
        appeal,
        title="Confirm that it is gone",
        form=EvidenceForm(**posted(request), cancel_href=at("ledger", appeal)),
        run=lambda answers: services.confirm_by_staff(
            actor=actor, placement_reference=placement, evidence=answers["evidence"]
        ),
        said="Recorded as gone, with your evidence.",
        refusal=policies.may_settle(actor, found),
        to=at("ledger", appeal),
        happens=(f"{found.outlet.name} counts as confirmed, on your word.",),
    )


@publicity_desk
@require_http_methods(["GET", "POST"])
def seen_again(request: HttpRequest, reference: str, placement: str) -> HttpResponse:
    """Record that what was confirmed gone is shown all the same."""
    actor, appeal = actor_of(request), opened(request, reference)
    found = _of(actor, appeal, placement)
    form = EvidenceForm(**posted(request), cancel_href=at("ledger", appeal))
    form.fields["evidence"].label = "Where did you see it, and when?"
    form.fields["evidence"].help_text = "Do not name the missing person."
    return verb(
        request,
        appeal,
        title="It is shown again",
        form=form,
        run=lambda answers: services.seen_again(
            actor=actor, placement_reference=placement, evidence=answers["evidence"]
        ),
        said="It is told again now.",
        refusal=policies.may_say_seen_again(actor, found),
        to=at("ledger", appeal),
        happens=(f"{found.outlet.name} is told again, and has to be confirmed anew.",),
    )


@publicity_desk
@require_POST
def try_again(request: HttpRequest, reference: str, placement: str) -> HttpResponse:
    """Publish once more on an outlet that did not take it."""
    appeal = opened(request, reference)
    return press(
        request,
        appeal,
        lambda: services.try_again(actor=actor_of(request), placement_reference=placement),
        said="It is tried again now.",
        to=at("ledger", appeal),
    )


def _of(actor: Actor, appeal: Appeal, reference: str) -> Placement:
    """A placement of this very appeal, or 404."""
    found = visible(lambda: selectors.placement_for(actor, reference))
    if found.appeal_id != appeal.pk:
        raise Http404
    return found


@readers
@never_cache
@require_GET
def certificate(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The closing certificate for the person, as a PDF. It names nobody."""
    appeal = opened(request, reference)
    if appeal.status != AppealStatus.WITHDRAWN:
        raise Http404
    try:
        printed = print_certificate(
            reference=appeal.reference,
            issued=in_london(timezone.now()).date(),
            outlets=outlets_of(selectors.placements_of(appeal)),
        )
    except NotPrinted:
        messages.error(request, "The certificate could not be made now. Try again in a minute.")
        return redirect(at("ledger", appeal))
    return sent(
        io.BytesIO(printed.content), content_type="application/pdf", save_as=f"{appeal.reference}.pdf"
    )
