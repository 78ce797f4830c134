"""The helpline's pages of Say Something."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from families.say_something import selectors, services
from families.say_something.enums import AccountStatus
from families.say_something.forms import CallForm, RaiseForm
from families.say_something.models import Account
from foundation import access
from foundation.access import Refused
from foundation.accounts.enums import HELPLINE
from foundation.audit import services as audit
from foundation.exceptions import NotVisible
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from foundation.ui.reasons import ReasonForm

helpline = access.roles(HELPLINE)
_SHOWN = 100


def _account(request: HttpRequest, reference: str) -> Account:
    try:
        return selectors.account_named(actor_of(request), reference)
    except NotVisible:
        raise Http404 from None


@helpline
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """What is to be read, and the newest that was."""
    actor = actor_of(request)
    waiting = list(selectors.to_read(actor)[:_SHOWN])
    dealt_with = list(selectors.accounts_visible_to(actor).exclude(status=AccountStatus.NEW)[:_SHOWN])
    audit.record(
        actor=actor,
        action="say_something.listed",
        target=Account,
        target_ids=sorted(row.pk for row in (*waiting, *dealt_with)),
    )
    context = {"waiting": waiting, "dealt_with": dealt_with, "now": timezone.now()}
    return render(request, "say_something/list.html", context)


@helpline
@require_http_methods(["GET", "POST"])
def take_call(request: HttpRequest) -> HttpResponse:
    """Somebody tells it on the telephone."""
    form = CallForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        done = attempt(
            form,
            lambda given: services.take_call(
                actor=actor_of(request),
                form_token=given["form_token"],
                words=given["words"],
                kind=given["kind"],
                place=given["place"],
                is_urgent=given["is_urgent"] == "yes",
            ),
        )
        if not isinstance(done, Failed):
            messages.success(request, "Kept, without who told it.")
            return redirect("say_something:account", reference=done.reference)
    return render(request, "say_something/call.html", {"form": form}, status=422 if form.is_bound else 200)


@helpline
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest, reference: str) -> HttpResponse:
    """One account: read, written up, or set aside. Each reading is audited."""
    found, actor = _account(request, reference), actor_of(request)
    started = {"kind": found.kind, "is_urgent": "yes" if found.is_urgent else "no"}
    form = RaiseForm(request.POST if request.method == "POST" else None, initial=started)
    if request.method == "POST":
        done = attempt(
            form,
            lambda given: services.raise_intelligence(
                actor=actor,
                account_id=found.pk,
                kind=given["kind"],
                force_id=given["force"].pk,
                is_urgent=given["is_urgent"] == "yes",
                rang_999=given["rang_999"],
            ),
        )
        if not isinstance(done, Failed):
            messages.success(request, "A report is begun. Grade it, and write what the force may read.")
            return redirect("say_something:account", reference=reference)
    services.record_read(actor=actor, account=found)
    context = {
        "account": found,
        "form": form,
        "is_new": found.status == AccountStatus.NEW,
        "is_set_aside": found.status == AccountStatus.SET_ASIDE,
        "now": timezone.now(),
    }
    return render(request, "say_something/account.html", context, status=422 if form.is_bound else 200)


@helpline
@require_http_methods(["GET", "POST"])
def set_aside(request: HttpRequest, reference: str) -> HttpResponse:
    """Nothing can be made of it."""
    found, actor = _account(request, reference), actor_of(request)
    form = ReasonForm(
        request.POST if request.method == "POST" else None,
        hint="Kept with the record. Do not repeat what they told.",
        longest=500,
        submit_label="Set aside",
    )
    if request.method == "POST":
        done = attempt(
            form,
            lambda given: services.set_aside(actor=actor, account_id=found.pk, reason=given["reason"]),
        )
        if not isinstance(done, Failed):
            messages.success(request, "Set aside.")
            return redirect("say_something:list")
    context = {"account": found, "form": form}
    return render(request, "say_something/set_aside.html", context, status=422 if form.is_bound else 200)


@helpline
@require_POST
def take_up(request: HttpRequest, reference: str) -> HttpResponse:
    """It was set aside too soon."""
    found = _account(request, reference)
    try:
        services.take_up_again(actor=actor_of(request), account_id=found.pk)
    except Refused as error:
        messages.error(request, error.refusal.message)
    else:
        messages.success(request, "It waits to be read again.")
    return redirect("say_something:account", reference=reference)


@helpline
@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """What came of it all, in figures."""
    tables = selectors.figures(actor_of(request))
    return render(request, "say_something/figures.html", {"tables": tables})
