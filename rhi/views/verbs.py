"""What can be done with a referral, one page each: a few questions, and why not where it is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from foundation.access import Refusal
from foundation.actors import Actor
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from foundation.ui.reasons import ReasonForm
from foundation.visits.forms import VisitForm
from rhi import policies, selectors, services
from rhi.enums import ReferralStatus
from rhi.forms.contacts import (
    AnswerForm,
    AttemptForm,
    BreachForm,
    CloseForm,
    OfferForm,
    ReportForm,
    UnableForm,
)
from rhi.forms.details import REACHING, AuthorityForm, DetailsForm, details_of
from rhi.models import Referral
from rhi.selectors.telling import called
from rhi.services.details import lateness
from rhi.services.opening import authorities
from rhi.views.common import referral_of, workers
from rhi.views.frame import desk
from rhi.views.reporting import lines_of

_S = ReferralStatus
Make = Callable[[Any, Referral], Form]
_WHY_HINT = "This is kept with the record."


@dataclass(frozen=True, slots=True)
class Verb:
    """One page: its title, its questions, who may, and what is done."""

    title: str
    form: Make
    refusal: Callable[[Actor, Referral], Refusal | None]
    run: Callable[[Actor, Referral, dict[str, Any]], object]
    said: str
    intro: str = ""


def _why(submit: str, label: str, *, warns: bool = False) -> Make:
    style = "warning" if warns else ""

    def make(data: Any, referral: Referral) -> Form:
        return ReasonForm(data, submit_label=submit, submit_style=style, label=label, hint=_WHY_HINT)

    return make


def _plain(form: type[Form]) -> Make:
    return lambda data, referral: form(data)


def _details(data: Any, referral: Referral) -> Form:
    initial = {name: getattr(referral, name) for name in (*REACHING, "version")}
    return DetailsForm(data, initial=initial)


def _run(service: Callable[..., object], actor: Actor, referral: Referral, data: dict[str, Any]) -> object:
    return service(actor=actor, referral_id=referral.pk, **data)


def _save_details(actor: Actor, referral: Referral, data: dict[str, Any]) -> object:
    return services.edit_details(
        actor=actor, referral_id=referral.pk, version=data["version"], details=details_of(data)
    )


def _save_authority(actor: Actor, referral: Referral, data: dict[str, Any]) -> object:
    return services.say_authority(actor=actor, referral_id=referral.pk, authority_id=data["authority"].pk)


def _answer_refusal(actor: Actor, referral: Referral) -> Refusal | None:
    if referral.status == _S.ALLOCATED:
        return policies.may_answer_for(actor, referral, _S.OFFERED)
    return policies.may_answer_for(actor, referral, _S.ACCEPTED) and policies.may_answer_for(
        actor, referral, _S.DECLINED
    )


def _late(actor: Actor, referral: Referral) -> Refusal | None:
    late = lateness(referral, now=timezone.now())
    return policies.may_say_why_late(actor, referral, late=bool(late))


def _send_report(actor: Actor, referral: Referral, data: dict[str, Any]) -> object:
    return services.send_report(actor=actor, referral_id=referral.pk, lines=lines_of(referral), **data)


VERBS: dict[str, Verb] = {
    "attempt": Verb(
        "Record an attempt to reach them",
        _plain(AttemptForm),
        policies.may_edit,
        partial(_run, services.record_attempt),
        "The attempt is recorded.",
    ),
    "offer": Verb(
        "Record the offer",
        _plain(OfferForm),
        lambda actor, referral: policies.may_answer_for(actor, referral, _S.OFFERED),
        partial(_run, services.record_offer),
        "The offer is recorded.",
        "Somebody who said no before may be asked again.",
    ),
    "answer": Verb(
        "Record their answer",
        _plain(AnswerForm),
        _answer_refusal,
        partial(_run, services.record_answer),
        "The answer is recorded.",
        "The child need not accept. Where they say no, ask the carer what they know.",
    ),
    "unable": Verb(
        "It could not be offered",
        _plain(UnableForm),
        lambda actor, referral: policies.may_answer_for(actor, referral, _S.UNABLE),
        partial(_run, services.record_unable),
        "Recorded. The authority is told by the report.",
    ),
    "plan_visit": Verb(
        "Plan a visit",
        _plain(VisitForm),
        policies.may_plan_visit,
        partial(_run, services.plan_visit),
        "The visit is planned. Say on it when you are there, and when you are away again.",
        "When you do not say that you are there, or away again, the duty manager is called.",
    ),
    "details": Verb(
        "Change how they are reached",
        _details,
        policies.may_edit,
        _save_details,
        "Saved.",
    ),
    "late": Verb(
        "Say why it was late",
        lambda data, referral: BreachForm(data, late=lateness(referral, now=timezone.now())),
        _late,
        partial(_run, services.say_why_late),
        "The reason is recorded.",
    ),
    "authority": Verb(
        "Say which authority is responsible",
        lambda data, referral: AuthorityForm(data, authorities=authorities()),
        policies.may_say_authority,
        _save_authority,
        "Saved. Their arrangement holds from now on.",
        "What the authority arranged then holds. Where it arranged nothing, the referral ends.",
    ),
    "report": Verb(
        "Send the report to the authority",
        _plain(ReportForm),
        policies.may_report,
        _send_report,
        "Sent. The authority is asked to acknowledge it.",
        "An interview that was written up goes along, as far as the child agreed or as it always must.",
    ),
    "close": Verb(
        "Close the referral",
        lambda data, referral: CloseForm(data),
        lambda actor, referral: policies.may_end(actor, referral, _S.CLOSED),
        lambda actor, referral, data: services.close(actor=actor, referral_id=referral.pk),
        "Closed.",
    ),
    "known": Verb(
        "I know this child",
        _why("Give the child back", "How do you know them?", warns=True),
        policies.may_step_back,
        partial(_run, services.say_known),
        "Given back. You are not given this child again.",
        "Somebody else then interviews them. You are never given this child again.",
    ),
    "put_back": Verb(
        "Take it from its interviewer",
        _why("Take it back", "Why?"),
        lambda actor, referral: policies.may_end(actor, referral, _S.REFERRED),
        partial(_run, services.put_back),
        "Nobody has it now.",
    ),
    "withdraw": Verb(
        "Withdraw the referral",
        _why("Withdraw it", "Why?", warns=True),
        lambda actor, referral: policies.may_end(actor, referral, _S.WITHDRAWN),
        partial(_run, services.withdraw),
        "The referral is withdrawn.",
        "Nobody offers the child anything then. It does not open again by itself.",
    ),
}


def page_of(name: str) -> Callable[..., HttpResponse]:
    """The view of one verb."""
    verb = VERBS[name]

    @workers
    @require_http_methods(["GET", "POST"])
    def act(request: HttpRequest, reference: str) -> HttpResponse:
        referral = referral_of(request, reference)
        actor = actor_of(request)
        refusal = verb.refusal(actor, referral)
        form = verb.form(request.POST if request.method == "POST" else None, referral)
        if request.method == "POST" and refusal is None:
            done = attempt(form, lambda data: verb.run(actor, referral, data))
            if not isinstance(done, Failed):
                messages.success(request, verb.said)
                return redirect(_after(request, reference))
        about = {"referral": referral, "child": called(referral)}
        context = desk(request, "board", verb=verb, form=form, refusal=refusal, **about)
        return render(request, "rhi/verb.html", context)

    act.__doc__ = verb.title
    return act


def _after(request: HttpRequest, reference: str) -> str:
    """The referral, or the board where it went to somebody else."""
    still = selectors.progress_visible_to(actor_of(request)).filter(reference=reference).exists()
    return reverse("rhi:referral", args=[reference]) if still else reverse("rhi:board")
