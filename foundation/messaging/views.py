"""Pages about messages: the log, what nobody knows the outcome of, and the kill switch."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation import access
from foundation.access import require
from foundation.accounts.enums import OPERATORS
from foundation.audit import services as audit
from foundation.messaging import selectors, services
from foundation.messaging.forms import LimitForm, LogFilter, SettleForm, StartForm, StopForm, UnlimitForm
from foundation.messaging.models import Message, RateLimit
from foundation.messaging.models.control import EVERYTHING
from foundation.messaging.policies import READERS, may_settle, may_switch
from foundation.messaging.switchboard import policies
from foundation.requests import actor_of

reader = access.roles(READERS)
operator = access.roles(OPERATORS)
# An address cannot hold an asterisk well.
EVERYTHING_IN_ADDRESS = "everything"


def _cursor(request: HttpRequest) -> int | None:
    raw = request.GET.get("after", "")
    return int(raw) if raw.isdecimal() and len(raw) < 19 else None


@reader
@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """The newest messages that the actor's organisation keeps; no numbers, no text."""
    form = LogFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    rows, older = selectors.log_page(actor_of(request), before=_cursor(request), **wanted)
    audit.record(
        actor=actor_of(request),
        action="messages.listed",
        target=Message,
        target_ids=[row.pk for row in rows],
    )
    return render(
        request, "messaging/log.html", {"tab": "log", "rows": rows, "older": older, "filter_form": form}
    )


@reader
@require_GET
def message(request: HttpRequest, reference: str) -> HttpResponse:
    """One message's log and receipts; its number and text stay with the service that sent it."""
    row = get_object_or_404(selectors.visible_to(actor_of(request)), reference=reference)
    audit.record(actor=actor_of(request), action="message.read", target=row)
    context = {
        "tab": "log",
        "row": row,
        "lines": row.log.order_by("pk"),
        "receipts": row.receipts.order_by("pk"),
        "settle_refusal": may_settle(actor_of(request), row),
    }
    return render(request, "messaging/message.html", context)


@operator
@require_GET
def unknown(request: HttpRequest) -> HttpResponse:
    """What nobody knows the outcome of: first what waits for a person."""
    rows = selectors.unknown_outcomes(actor_of(request))
    audit.record(
        actor=actor_of(request),
        action="messages.listed",
        target=Message,
        target_ids=[row.pk for row in rows],
    )
    return render(request, "messaging/unknown.html", {"tab": "unknown", "rows": rows})


@operator
@require_http_methods(["GET", "POST"])
def settle(request: HttpRequest, reference: str) -> HttpResponse:
    """Say how an unknown outcome ended. Shows the number, to look it up at the provider: audited."""
    row = get_object_or_404(selectors.visible_to(actor_of(request)), reference=reference)
    refusal = may_settle(actor_of(request), row)
    if refusal is not None:
        messages.info(request, refusal.message)
        return redirect("messaging:message", reference)
    form = SettleForm(request.POST or None)
    if form.is_valid():
        services.settle_by_person(
            actor=actor_of(request),
            reference=reference,
            delivered=form.cleaned_data["outcome"] == "delivered",
            reason=form.cleaned_data["reason"],
        )
        messages.success(request, "Settled. The service that sent it has been told.")
        return redirect("messaging:unknown")
    audit.record(actor=actor_of(request), action="message.revealed", target=row, fields=["to"])
    return render(request, "messaging/settle.html", {"tab": "unknown", "row": row, "form": form})


@operator
@require_GET
def not_taken(request: HttpRequest) -> HttpResponse:
    """Replies and news that a service has not taken, with the error in words; no numbers, no text."""
    rows = selectors.not_taken(actor_of(request))
    return render(request, "messaging/not_taken.html", {"tab": "not_taken", "rows": rows})


@operator
@require_POST
def hand_over(request: HttpRequest) -> HttpResponse:
    """Have all of it tried again now."""
    services.hand_over_again(actor=actor_of(request))
    messages.success(request, "It is being tried again. What is taken leaves this list within seconds.")
    return redirect("messaging:not_taken")


@operator
@require_GET
def limits(request: HttpRequest) -> HttpResponse:
    """How many messages may go out for whom."""
    require(may_switch(actor_of(request)))
    return render(request, "messaging/limits.html", {"tab": "limits", "rows": selectors.limits()})


@operator
@require_http_methods(["GET", "POST"])
def limit_set(request: HttpRequest) -> HttpResponse:
    """Set one organisation's limit, or change it."""
    require(may_switch(actor_of(request)))
    form = LimitForm(request.POST or None)
    if form.is_valid():
        given = dict(form.cleaned_data)
        services.limits.set_limit(
            actor=actor_of(request), organisation_id=given.pop("organisation").pk, **given
        )
        messages.success(request, "The limit holds from the next message on.")
        return redirect("messaging:limits")
    return render(request, "messaging/limit.html", {"tab": "limits", "form": form, "heading": "Set a limit"})


@operator
@require_http_methods(["GET", "POST"])
def limit_remove(request: HttpRequest, limit_id: int) -> HttpResponse:
    """Take a limit away."""
    require(may_switch(actor_of(request)))
    row = get_object_or_404(RateLimit.objects.select_related("organisation"), pk=limit_id)
    form = UnlimitForm(request.POST or None)
    if form.is_valid():
        services.limits.remove_limit(
            actor=actor_of(request), limit_id=row.pk, reason=form.cleaned_data["reason"]
        )
        messages.success(request, "The limit is gone.")
        return redirect("messaging:limits")
    context = {"tab": "limits", "form": form, "heading": "Remove this limit?", "row": row}
    return render(request, "messaging/limit.html", context)


@operator
@require_GET
def switches(request: HttpRequest) -> HttpResponse:
    """What is stopped and what is running."""
    require(may_switch(actor_of(request)))
    return render(request, "messaging/switches.html", {"tab": "switches", "rows": selectors.switch_board()})


@operator
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, name: str) -> HttpResponse:
    """Stop one service, or everything. Nothing but a reason is asked: a stop must be quick."""
    return _throw(request, name, is_stop=True)


@access.roles(OPERATORS, fresh=True)
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, name: str) -> HttpResponse:
    """Let it send again, after a fresh second factor."""
    return _throw(request, name, is_stop=False)


def _throw(request: HttpRequest, name: str, *, is_stop: bool) -> HttpResponse:
    require(may_switch(actor_of(request)))
    service = EVERYTHING if name == EVERYTHING_IN_ADDRESS else name
    if service != EVERYTHING and service not in policies():
        raise Http404
    form = (StopForm if is_stop else StartForm)(request.POST or None)
    if form.is_valid():
        verb = services.switches.stop if is_stop else services.switches.start
        verb(actor=actor_of(request), service=service, reason=form.cleaned_data["reason"])
        messages.success(request, "Stopped. Nothing more goes out." if is_stop else "Sending again.")
        return redirect("messaging:switches")
    context = {"tab": "switches", "form": form, "is_stop": is_stop, "name": name}
    return render(request, "messaging/switch.html", context)
