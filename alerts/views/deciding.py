"""The steps, the ways out, and what the room records."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache

from alerts import policies, selectors, services
from alerts.enums import Criterion
from alerts.forms.room import (
    CallOffForm,
    CallsForm,
    CriterionForm,
    StepForm,
    TakeBackForm,
    TelephoneForm,
    WitnessForm,
)
from alerts.models import ChildRescueAlert
from alerts.states import CHARITY
from alerts.views.common import (
    ask,
    at,
    authorisers,
    decliners,
    managers,
    opened,
    police,
    unit,
    verb,
    why,
    witnesses,
    writers,
)
from alerts.views.room import said_of
from foundation.requests import actor_of
from missingcases.views.verbs import posted

_STEP = "alerts/step.html"


def _versioned(request: HttpRequest, alert: ChildRescueAlert) -> dict[str, Any]:
    return {**posted(request), "initial": {"version": alert.version}, "cancel_href": at("room", alert)}


@authorisers
@never_cache
@ask
def authorise(request: HttpRequest, reference: str) -> HttpResponse:
    """Say yes for the force, with what it says and where it goes before one's eyes."""
    actor, alert = actor_of(request), opened(request, reference)
    return verb(
        request,
        alert,
        title="Authorise for the force",
        form=StepForm(**_versioned(request, alert), submit_label="Authorise"),
        run=lambda answers: services.authorise_alert(
            actor=actor, alert_id=alert.pk, version=answers["version"]
        ),
        said="It is authorised. The national unit sees it now.",
        refusal=policies.may_authorise(actor, alert),
        template=_STEP,
        criteria=_checked(alert),
        **said_of(alert),
    )


@unit
@never_cache
@ask
def agree(request: HttpRequest, reference: str) -> HttpResponse:
    """Agree nationally."""
    actor, alert = actor_of(request), opened(request, reference)
    return verb(
        request,
        alert,
        title="Agree nationally",
        form=StepForm(**_versioned(request, alert), submit_label="Agree"),
        run=lambda answers: services.agree_alert(actor=actor, alert_id=alert.pk, version=answers["version"]),
        said="It is agreed. The charity issues it.",
        refusal=policies.may_agree(actor, alert),
        template=_STEP,
        criteria=_checked(alert),
        **said_of(alert),
    )


def _checked(alert: ChildRescueAlert) -> list[dict[str, Any]]:
    newest = selectors.newest_checks(alert)
    return [{"label": one.label, "check": newest.get(one), "href": ""} for one in Criterion]


@managers
@ask
def record(request: HttpRequest, reference: str) -> HttpResponse:
    """Record the national unit's agreement by telephone."""
    actor, alert = actor_of(request), opened(request, reference)
    return verb(
        request,
        alert,
        title="Record agreement by telephone",
        form=TelephoneForm(**_versioned(request, alert), hearers=selectors.may_hear(actor)),
        run=lambda answers: services.record_telephone_agreement(
            actor=actor,
            alert_id=alert.pk,
            officer_name=answers["officer_name"],
            called_back_on=answers["called_back_on"],
            asked_id=answers["asked"].pk if answers["asked"] else None,
            version=answers["version"],
        ),
        said="It is recorded. Whoever heard the call with you has to witness it.",
        refusal=policies.may_record_agreement(actor, alert),
        happens=(
            "Call the officer back on a number of the directory, with a second person of the charity "
            "listening: a duty manager or a caseworker.",
            "Neither of the two may issue the alert.",
        ),
    )


@witnesses
@ask
def witness(request: HttpRequest, reference: str) -> HttpResponse:
    """Witness the agreement by telephone. A caseworker sees no more of the alert after that."""
    actor, alert = actor_of(request), opened(request, reference)
    agreement = selectors.agreement_of(alert)
    return verb(
        request,
        alert,
        title="Witness the agreement",
        form=WitnessForm(**_versioned(request, alert)),
        run=lambda answers: services.witness_agreement(
            actor=actor, alert_id=alert.pk, version=answers["version"]
        ),
        said="It is agreed. Somebody else of the charity issues it.",
        refusal=policies.may_witness(actor, alert),
        template="alerts/witness.html",
        to="" if actor.holds(CHARITY) else reverse("work"),
        agreement=agreement,
    )


@managers
@ask
def take_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Set a recorded agreement aside that nobody witnessed."""
    actor, alert = actor_of(request), opened(request, reference)
    return verb(
        request,
        alert,
        title="Take back the recorded agreement",
        form=TakeBackForm(**posted(request), cancel_href=at("room", alert)),
        run=lambda answers: services.take_back_agreement(actor=actor, alert_id=alert.pk),
        said="It is taken back. It can be recorded anew.",
        refusal=policies.may_take_back_agreement(actor, alert),
    )


@police
@ask
def criterion(request: HttpRequest, reference: str, criterion: str) -> HttpResponse:
    """Hold one criterion against what is known."""
    if criterion not in Criterion.values:
        raise Http404
    actor, alert = actor_of(request), opened(request, reference)
    form = CriterionForm(**_versioned(request, alert))
    lost = "If it is not met any more, every yes is set aside." if policies.yes_is_lost(alert) else ""
    return verb(
        request,
        alert,
        title=Criterion(criterion).label,
        form=form,
        run=lambda answers: services.check_criterion(
            actor=actor,
            alert_id=alert.pk,
            criterion=criterion,
            is_met=form.is_met(),
            evidence=answers["evidence"],
            version=answers["version"],
        ),
        said="It is recorded.",
        refusal=policies.may_check(actor, alert),
        happens=(lost,) if lost else (),
    )


@police
@ask
def calls(request: HttpRequest, reference: str) -> HttpResponse:
    """The force says that it is ready for the public's calls."""
    actor, alert = actor_of(request), opened(request, reference)
    return verb(
        request,
        alert,
        title="Ready for calls",
        form=CallsForm(**posted(request), cancel_href=at("room", alert)),
        run=lambda answers: services.confirm_call_handling(actor=actor, alert_id=alert.pk),
        said="It is recorded that the force is ready for calls.",
        refusal=policies.may_confirm_call_handling(actor, alert),
        happens=("An alert brings hundreds of calls within minutes. Without this it cannot be issued.",),
    )


@decliners
@ask
def decline(request: HttpRequest, reference: str) -> HttpResponse:
    """Say no, and why."""
    actor, alert = actor_of(request), opened(request, reference)
    return verb(
        request,
        alert,
        title="Decline",
        form=why(request, alert, "Decline the alert", style="warning"),
        run=lambda answers: services.decline_alert(actor=actor, alert_id=alert.pk, **answers),
        said="It is declined, and the reason is shown to everybody in the room.",
        refusal=policies.may_decline(actor, alert),
        happens=("It ends here. Police may propose a new one.",),
    )


@writers
@ask
def again(request: HttpRequest, reference: str) -> HttpResponse:
    """Set every yes aside, so that all are asked again."""
    actor, alert = actor_of(request), opened(request, reference)
    happens = ["Every yes that was given is set aside, and asked for again."]
    if actor.organisation_id == alert.force_id:
        happens.append("You become its proposer, so you cannot authorise it.")
    return verb(
        request,
        alert,
        title="Ask everybody again",
        form=why(request, alert, "Ask everybody again"),
        run=lambda answers: services.ask_again(actor=actor, alert_id=alert.pk, **answers),
        said="All are asked again.",
        refusal=policies.may_ask_again(actor, alert),
        happens=happens,
    )


@writers
@ask
def call_off(request: HttpRequest, reference: str) -> HttpResponse:
    """End it before anything was sent."""
    actor, alert = actor_of(request), opened(request, reference)
    return verb(
        request,
        alert,
        title="Call it off",
        form=CallOffForm(**posted(request), is_rehearsal=alert.is_rehearsal, cancel_href=at("room", alert)),
        run=lambda answers: services.call_off(actor=actor, alert_id=alert.pk, **answers),
        said="It is called off. Nothing was sent.",
        refusal=policies.may_call_off(actor, alert),
        happens=("Nothing was sent, so nobody is told. It cannot be taken back.",),
    )
