"""Pages where an administrator looks after the addresses that hear of incidents."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.access import Refused, roles
from foundation.accounts.enums import Role
from foundation.exceptions import Conflict, Invalid
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from missingcases.hooks import policies, selectors, services
from missingcases.hooks.forms import EndpointForm, ReplayForm, TypesForm
from missingcases.hooks.models import Delivery, Endpoint

changer = roles(Role.ADMINISTRATOR, fresh=True)
MOVED_ON = "Somebody else changed this address meanwhile. Look at how it stands now."


def _endpoint(request: HttpRequest, reference: str) -> Endpoint:
    return get_object_or_404(selectors.visible_to(actor_of(request)), reference=reference)


def _page_of(row: Endpoint) -> HttpResponse:
    return redirect("hooks:endpoint", row.reference)


@roles(Role.ADMINISTRATOR)
@require_safe
def endpoints(request: HttpRequest) -> HttpResponse:
    """The organisation's addresses."""
    return render(request, "hooks/endpoints.html", {"rows": selectors.visible_to(actor_of(request))})


@changer
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add one; the answer to a good form is the one page that shows its secret."""
    form = EndpointForm(request.POST or None, cancel_href=reverse("hooks:list"))
    if request.method == "POST" and form.is_valid():
        try:
            row = services.add_endpoint(actor=actor_of(request), **form.cleaned_data)
        except Invalid as invalid:
            for name, words in invalid.problems.items():
                form.add_error(name, words)
        else:
            return render(request, "hooks/secret.html", {"row": row, "is_new": True})
    return render(request, "hooks/add.html", {"form": form})


@roles(Role.ADMINISTRATOR)
@require_safe
def endpoint(request: HttpRequest, reference: str) -> HttpResponse:
    """One address: how it stands, and what it was told."""
    row = _endpoint(request, reference)
    given = request.GET.get("before", "")
    before = int(given) if given.isdecimal() and len(given) < 19 else None
    lines, older = selectors.page_of(row, before=before)
    actor = actor_of(request)
    context = {
        "row": row,
        "lines": [(line, policies.may_replay(actor, row, line.status)) for line in lines],
        "older": older,
        "is_first": before is None,
        "send_refusal": policies.may_send(actor, row),
    }
    return render(request, "hooks/endpoint.html", context)


@changer
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose anew what it is told of."""
    row = _endpoint(request, reference)
    back = reverse("hooks:endpoint", args=[reference])
    initial = {"types": row.types, "version": row.version}
    form = TypesForm(request.POST or None, initial=initial, cancel_href=back)
    if request.method == "POST":
        done = attempt(
            form,
            lambda answers: services.change_types(actor=actor_of(request), endpoint_id=row.pk, **answers),
        )
        if not isinstance(done, Failed):
            messages.success(request, "Saved. It holds for what happens from now on.")
            return redirect(back)
    return render(request, "hooks/change.html", {"form": form, "row": row})


@changer
@require_http_methods(["GET", "POST"])
def secret(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask first; then make a new secret and show it, once."""
    row = _endpoint(request, reference)
    if request.method != "POST":
        return render(request, "hooks/secret_ask.html", {"row": row})
    given = request.POST.get("version", "")
    try:
        row = services.new_secret(
            actor=actor_of(request),
            endpoint_id=row.pk,
            version=int(given) if given.isdecimal() and len(given) < 10 else -1,
        )
    except Conflict:
        messages.info(request, MOVED_ON)
        return _page_of(row)
    return render(request, "hooks/secret.html", {"row": row, "is_new": False})


def _post(request: HttpRequest, row: Endpoint, done: str, verb: Callable[[], object]) -> HttpResponse:
    try:
        verb()
    except Refused as refused:
        messages.warning(request, refused.refusal.message)
    else:
        messages.success(request, done)
    return _page_of(row)


@changer
@require_POST
def test(request: HttpRequest, reference: str) -> HttpResponse:
    """Send it a test."""
    row = _endpoint(request, reference)
    actor = actor_of(request)
    words = "A test is on its way. Load this page again in a moment to see how it fared."
    return _post(request, row, words, lambda: services.send_test(actor=actor, endpoint_id=row.pk))


@changer
@require_POST
def off(request: HttpRequest, reference: str) -> HttpResponse:
    """Turn it off."""
    row = _endpoint(request, reference)
    actor = actor_of(request)
    words = "Turned off. What was waiting is not sent; you can send it again once it is on."
    return _post(request, row, words, lambda: services.turn_off(actor=actor, endpoint_id=row.pk))


@changer
@require_POST
def on(request: HttpRequest, reference: str) -> HttpResponse:
    """Turn it on."""
    row = _endpoint(request, reference)
    actor = actor_of(request)
    words = "Turned on. Send again what it missed, if your system needs it."
    return _post(request, row, words, lambda: services.turn_on(actor=actor, endpoint_id=row.pk))


@changer
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask first, then remove it."""
    row = _endpoint(request, reference)
    if request.method != "POST":
        return render(request, "hooks/remove.html", {"row": row})
    services.remove(actor=actor_of(request), endpoint_id=row.pk)
    messages.success(request, "The address is removed. Nothing more is sent there.")
    return redirect("hooks:list")


@changer
@require_POST
def replay(request: HttpRequest, reference: str, delivery: str) -> HttpResponse:
    """Send one delivery again."""
    row = _endpoint(request, reference)
    found = Delivery.objects.filter(endpoint=row, reference=delivery).first()
    if found is None:
        raise Http404
    actor, pk = actor_of(request), found.pk
    words = "It is on its way again, under its old id and marked as sent again."
    return _post(request, row, words, lambda: services.replay(actor=actor, delivery_id=pk))


@changer
@require_http_methods(["GET", "POST"])
def replay_all(request: HttpRequest, reference: str) -> HttpResponse:
    """Send again all that was not taken since a time."""
    row = _endpoint(request, reference)
    back = reverse("hooks:endpoint", args=[reference])
    form = ReplayForm(request.POST or None, cancel_href=back)
    if request.method == "POST" and form.is_valid():
        try:
            count = services.replay_not_taken(
                actor=actor_of(request), endpoint_id=row.pk, since=form.cleaned_data["since"]
            )
        except Refused as refused:
            form.add_error(None, refused.refusal.message)
        else:
            messages.success(request, _told(count))
            return redirect(back)
    return render(request, "hooks/replay_all.html", {"form": form, "row": row})


def _told(count: int) -> str:
    if count == 0:
        return "Nothing was sent again: everything since then was taken, or is still being tried."
    more = " There may be more: do this again." if count == services.REPLAYED_AT_ONCE else ""
    return f"{count} on their way again.{more}"
