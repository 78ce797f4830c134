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
from django.views.decorators.http import require_http_methods, require_POST

from foundation import access
from foundation.access import Refusal, Refused
from foundation.accounts.enums import Role
from foundation.actors import Actor
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from partners import policies, services
from partners.enums import ReferralStatus
from partners.forms.referrals import (
    AcceptForm,
    CompleteForm,
    GiveBackForm,
    ProgressForm,
    RejectForm,
    WithdrawForm,
)
from partners.models import Referral
from partners.states import SENDERS
from partners.views.common import referral_of, senders

_S = ReferralStatus


@dataclass(frozen=True, slots=True)
class Verb:
    """One page: its title, its questions, who may, and what is done."""

    title: str
    form: Callable[..., Form]
    refusal: Callable[[Actor, Referral], Refusal | None]
    run: Callable[..., object]
    said: str
    intro: str = ""

    def make(self, data: Any, referral: Referral, back: str) -> Form:
        """Its form, bound to what was posted."""
        return self.form(data, referral=referral, cancel_href=back)


def _form(kind: type[Form]) -> Callable[..., Form]:
    def make(data: Any, *, referral: Referral, cancel_href: str) -> Form:
        return kind(data, cancel_href=cancel_href)  # type: ignore[call-arg]

    return make


def _complete(data: Any, *, referral: Referral, cancel_href: str) -> Form:
    return CompleteForm(data, takes=referral.takes, cancel_href=cancel_href)


def _to(status: str, actor: Actor, referral: Referral) -> Refusal | None:
    return policies.may_answer(actor, referral, status)


OF_PARTNER: dict[str, Verb] = {
    "accept": Verb(
        "Accept the referral",
        _form(AcceptForm),
        partial(_to, _S.ACCEPTED),
        services.accept,
        "Accepted. Its sender is told, and asks you from now on.",
        "From now on it is yours, until you complete it or give it back.",
    ),
    "reject": Verb(
        "Do not take it",
        _form(RejectForm),
        partial(_to, _S.REJECTED),
        services.reject,
        "Its sender is told, and chooses another partner.",
        "Better a no than nothing. What was sent with the referral is then no longer shown to you.",
    ),
    "progress": Verb(
        "Say how it stands",
        _form(ProgressForm),
        policies.may_report_progress,
        services.report_progress,
        "Sent. Its sender reads it now.",
    ),
    "complete": Verb(
        "Complete the referral",
        _complete,
        partial(_to, _S.COMPLETED),
        services.complete,
        "Completed. Thank you: its sender is told.",
        "What was sent with the referral is then no longer shown to you.",
    ),
    "give_back": Verb(
        "Give it back",
        _form(GiveBackForm),
        partial(_to, _S.RETURNED),
        services.give_back,
        "Given back. Its sender is told.",
        "What was sent with the referral is then no longer shown to you.",
    ),
}
OF_SENDER: dict[str, Verb] = {
    "withdraw": Verb(
        "Withdraw the referral",
        _form(WithdrawForm),
        policies.may_withdraw,
        services.withdraw,
        "The referral is withdrawn.",
        "A partner that had it is told to stop, and can read it no longer.",
    ),
}


def page_of(name: str) -> Callable[..., HttpResponse]:
    """The view of one verb, for whoever signs in."""
    verb = (OF_PARTNER | OF_SENDER)[name]

    @access.roles(Role.PARTNER_WORKER if name in OF_PARTNER else SENDERS)
    @require_http_methods(["GET", "POST"])
    def act(request: HttpRequest, reference: str) -> HttpResponse:
        referral = referral_of(request, reference)
        back = reverse("partners:referral", args=[reference])
        return run(request, actor_of(request), referral, verb, back)

    act.__doc__ = verb.title
    return act


def run(
    request: HttpRequest, actor: Actor, referral: Referral, verb: Verb, back: str, *, by_link: bool = False
) -> HttpResponse:
    """Ask a verb's questions and do it: one way for accounts and links."""
    refusal = verb.refusal(actor, referral)
    form = verb.make(request.POST if request.method == "POST" else None, referral, back)
    if request.method == "POST" and refusal is None:
        done = attempt(form, lambda data: verb.run(actor=actor, referral_id=referral.pk, **data))
        if not isinstance(done, Failed):
            messages.success(request, verb.said)
            return redirect(back)
    context = {
        "verb": verb,
        "form": form,
        "refusal": refusal,
        "referral": referral,
        "back": back,
        "by_link": by_link,
    }
    return render(request, "partners/verb.html", context)


def _press(service: Callable[..., object], said: str) -> Callable[..., HttpResponse]:
    @senders
    @require_POST
    def act(request: HttpRequest, reference: str) -> HttpResponse:
        referral = referral_of(request, reference)
        try:
            service(actor=actor_of(request), referral_id=referral.pk)
            messages.success(request, said)
        except Refused as problem:
            messages.error(request, problem.refusal.message)
        return redirect("partners:referral", reference)

    act.__doc__ = said
    return act


resend = _press(services.resend, "A new link is on its way. The one before no longer opens it.")
settle = _press(services.settle, "Noted. No other partner is asked.")
take_over = _press(services.take_over, "You answer for this referral now.")
