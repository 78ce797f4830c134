"""Outlets: listed, added, changed, switched off; secrets are written only, tokens shown once."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from appeals import selectors
from appeals.forms.outlets import OutletForm, SecretForm
from appeals.models import Outlet
from appeals.services import outlets as verbs
from foundation import access
from foundation.accounts.enums import PUBLICITY_DESK
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from missingcases.views.common import go, show, visible
from missingcases.views.verbs import posted

desk = access.roles(PUBLICITY_DESK)
keeper = access.roles(PUBLICITY_DESK, fresh=True)
ask = require_http_methods(["GET", "POST"])


def _found(request: HttpRequest, reference: str) -> Outlet:
    return visible(lambda: selectors.outlet_for(actor_of(request), reference))


def _context(title: str, outlet: Outlet | None = None, **more: Any) -> dict[str, Any]:
    crumbs = [
        {"label": "Appeals", "href": reverse("appeals:listing")},
        {"label": "Outlets", "href": reverse("appeals:outlets")},
        {"label": title},
    ]
    return {"page_title": title, "crumbs": crumbs, "outlet": outlet, **more}


@desk
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Every outlet, with where it reaches."""
    actor = actor_of(request)
    rows = selectors.outlets_visible_to(actor).prefetch_related("reaches__area").order_by("channel", "name")
    context = _context("Outlets", rows=rows, lost=selectors.lost_placements(actor))
    return render(request, "appeals/outlets.html", context | {"crumbs": context["crumbs"][:1]})


@keeper
@ask
def new(request: HttpRequest) -> HttpResponse:
    """Add an outlet."""
    form = OutletForm(**posted(request), initial={"version": 0}, cancel_href=reverse("appeals:outlets"))
    if request.method == "POST":
        made = attempt(form, lambda _: verbs.add_outlet(actor=actor_of(request), details=form.details()))
        if not isinstance(made, Failed):
            return go(request, reverse("appeals:outlet", args=[made.reference]), said="The outlet is added.")
    return show(request, "appeals/outlet.html", _context("Add an outlet", form=form))


@keeper
@ask
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    """Change an outlet, or switch it off."""
    outlet = _found(request, reference)
    names = ("name", "address", "account", "language", "formats", "verifiable", "is_active", "version")
    initial = {name: getattr(outlet, name) for name in names}
    reaches = outlet.reaches.select_related("area").order_by("area__name")
    initial |= {f"area_{number}": one.area for number, one in enumerate(reaches, 1)}
    form = OutletForm(**posted(request), initial=initial, known=True, cancel_href=reverse("appeals:outlets"))
    if request.method == "POST":
        done = attempt(
            form,
            lambda answers: verbs.change_outlet(
                actor=actor_of(request),
                reference=reference,
                details=form.details(outlet.channel),
                version=answers["version"],
            ),
        )
        if not isinstance(done, Failed):
            return go(request, reverse("appeals:outlets"), said="The outlet is saved.")
    return show(request, "appeals/outlet.html", _context(outlet.name, outlet, form=form))


@keeper
@ask
def secret(request: HttpRequest, reference: str) -> HttpResponse:
    """Write what we prove ourselves with there."""
    outlet = _found(request, reference)
    back = reverse("appeals:outlet", args=[reference])
    form = SecretForm(**posted(request), cancel_href=back)
    if request.method == "POST":
        done = attempt(
            form,
            lambda answers: verbs.set_secret(
                actor=actor_of(request), reference=reference, secret=answers["secret"]
            ),
        )
        if not isinstance(done, Failed):
            return go(request, back, said="The secret is saved.")
    return show(request, "appeals/outlet_secret.html", _context("Change the secret", outlet, form=form))


@keeper
@never_cache
@ask
def token(request: HttpRequest, reference: str) -> HttpResponse:
    """Make a token by which the outlet's machines prove themselves here. It is shown on this answer alone."""
    outlet = _found(request, reference)
    made = verbs.new_token(actor=actor_of(request), reference=reference) if request.method == "POST" else ""
    return render(request, "appeals/outlet_token.html", _context("New token", outlet, token=made))
