"""The publicity record: views, consent, the risk check, an inspector's override, deciding against."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from appeals import policies, selectors, services
from appeals.enums import AppealStatus, Stance
from appeals.forms.record import ConsentForm, DeclineForm, RiskForm, ViewForm
from appeals.services import ConsentDetails
from appeals.views.common import (
    at,
    both_sides,
    deciders,
    opened,
    overriders,
    press,
    publicity_desk,
    shown_version,
    verb,
    why,
)
from foundation.requests import actor_of
from missingcases.policies import FAMILY_DANGER
from missingcases.views.verbs import posted

ask = require_http_methods(["GET", "POST"])


@publicity_desk
@ask
def take_up(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin to draft: one press; what was declined is taken up again with a reason."""
    actor, appeal = actor_of(request), opened(request, reference)
    said = "It is yours to prepare. Check the risk first, then write what it says."
    if request.method == "POST" and appeal.status != AppealStatus.DECLINED:
        version = shown_version(request)
        return press(
            request,
            appeal,
            lambda: services.take_up(actor=actor, appeal_id=appeal.pk, version=version),
            said=said,
        )
    form = why(request, appeal, "Take it up again")
    return verb(
        request,
        appeal,
        title="Take it up again",
        form=form,
        run=lambda answers: services.take_up(actor=actor, appeal_id=appeal.pk, **answers),
        said=said,
        refusal=policies.may_take_up(actor, appeal),
    )


@both_sides
@ask
def view(request: HttpRequest, reference: str) -> HttpResponse:
    """Record what a party thinks of publicity."""
    actor, appeal = actor_of(request), opened(request, reference)
    return verb(
        request,
        appeal,
        title="Record a view",
        form=ViewForm(**posted(request), initial={"stance": Stance.FOR}, cancel_href=at("show", appeal)),
        run=lambda answers: services.record_view(actor=actor, appeal_id=appeal.pk, **answers),
        said="The view is recorded.",
        refusal=policies.may_record(actor, appeal),
    )


@both_sides
@ask
def consent(request: HttpRequest, reference: str) -> HttpResponse:
    """Record an answer about consent."""
    actor, appeal = actor_of(request), opened(request, reference)
    return verb(
        request,
        appeal,
        title="Record consent",
        form=ConsentForm(**posted(request), cancel_href=at("show", appeal)),
        run=lambda answers: services.record_consent(
            actor=actor, appeal_id=appeal.pk, details=ConsentDetails(**answers)
        ),
        said="The answer is recorded.",
        refusal=policies.may_record(actor, appeal),
    )


@publicity_desk
@ask
def risk(request: HttpRequest, reference: str) -> HttpResponse:
    """Record what publicity could do, how it was weighed, and what stands against it."""
    actor, appeal = actor_of(request), opened(request, reference)
    form = RiskForm(
        **posted(request),
        initial={
            "version": appeal.version,
            "words": appeal.risk_words,
            "balance": appeal.balance,
            "no_publicity": appeal.no_publicity,
        },
        cancel_href=at("show", appeal),
    )
    return verb(
        request,
        appeal,
        title="Check the risk",
        form=form,
        run=lambda answers: services.check_risk(actor=actor, appeal_id=appeal.pk, **answers),
        said="The risk check is saved.",
        refusal=policies.may_check_risk(actor, appeal),
    )


_WEIGHED = "Say how you weighed that; name nothing that the charity is not to know."


@overriders
@ask
def override(request: HttpRequest, reference: str) -> HttpResponse:
    """An inspector does without consent, and says why."""
    actor, appeal = actor_of(request), opened(request, reference)
    form = why(request, appeal, "Publish without consent", style="warning")
    danger = selectors.facts_of(appeal).family_is_danger
    return verb(
        request,
        appeal,
        title="Override missing consent",
        form=form,
        run=lambda answers: services.override_consent(actor=actor, appeal_id=appeal.pk, **answers),
        said="Missing consent is overridden for this appeal.",
        refusal=policies.may_override(actor, appeal),
        happens=(
            *((f"{FAMILY_DANGER.message} {_WEIGHED}",) if danger else ()),
            "This appeal needs no consent of family or authority any more; no other appeal is changed.",
            "Your name, the time and your reason stand in the record, and the charity reads them.",
        ),
    )


@deciders
@ask
def decline(request: HttpRequest, reference: str) -> HttpResponse:
    """Decide against publicity."""
    actor, appeal = actor_of(request), opened(request, reference)
    form = DeclineForm(**posted(request), initial={"version": appeal.version}, cancel_href=at("show", appeal))
    return verb(
        request,
        appeal,
        title="Decide against publicity",
        form=form,
        run=lambda answers: services.decline(actor=actor, appeal_id=appeal.pk, **answers),
        said="Decided against publicity. Both sides see it here.",
        refusal=policies.may_decline(actor, appeal),
    )
