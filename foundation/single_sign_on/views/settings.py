"""An administrator sets up how their organisation signs in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.access import Refused, roles
from foundation.accounts.enums import Role
from foundation.accounts.models import Organisation
from foundation.exceptions import Stale
from foundation.requests import actor_of
from foundation.single_sign_on import policies, selectors, services
from foundation.single_sign_on.flow import callback_address
from foundation.single_sign_on.forms import ConnectionForm, PasswordsForm, RulesForm
from foundation.single_sign_on.models import Provider
from foundation.ui.forms import VersionedForm

changer = roles(Role.ADMINISTRATOR, fresh=True)
MOST_TIES = 100
SAVED = "Saved. It holds from the next sign-in on."
# Which box of a form a refusal is about.
BOXES = {
    "secret_again": "client_secret",
    "domain_taken": "domains",
    "never_used": "takes_passwords",
    "off": "takes_passwords",
    "no_break_glass": "named",
    "not_ours": "named",
    "no_password": "named",
    "no_factor": "named",
}


def _place(request: HttpRequest) -> Organisation:
    return Organisation.objects.get(pk=actor_of(request).organisation_id or 0)


@roles(Role.ADMINISTRATOR)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """How one's own organisation signs in, and what can be changed."""
    actor, place = actor_of(request), _place(request)
    provider = selectors.provider_visible_to(actor)
    labels = dict(Role.choices)
    page = {
        "organisation": place,
        "provider": provider,
        "redirect_address": callback_address(place.code),
        "given": _given(provider, labels),
        "named": selectors.break_glass_visible_to(actor),
        "ties": selectors.ties_visible_to(actor)[:MOST_TIES],
        "most_ties": MOST_TIES,
        "on_refusal": policies.may_switch_on(provider),
    }
    return render(request, "single_sign_on/overview.html", page)


def _given(provider: Provider | None, labels: dict[str, str]) -> list[tuple[str, str]]:
    rules = provider.rules.all() if provider else []
    return sorted((labels[rule.role], rule.value) for rule in rules)


def _save(
    form: VersionedForm, do: Callable[[], Any], theirs: Callable[[], tuple[dict[str, Any], int]]
) -> bool:
    """Save, or write on the form what stands against it."""
    try:
        do()
    except Stale:
        form.show_conflict(theirs=theirs()[0], version=theirs()[1])
    except Refused as refused:
        box = BOXES.get(refused.refusal.code)
        form.add_error(box if box in form.fields else None, refused.refusal.message)
    else:
        return True
    return False


@changer
@require_http_methods(["GET", "POST"])
def connection(request: HttpRequest) -> HttpResponse:
    """How the provider is reached; tried at a button, saved at another."""
    actor = actor_of(request)
    provider = selectors.provider_visible_to(actor)
    back = reverse("single_sign_on:overview")
    form = ConnectionForm(request.POST or None, initial=_connection_of(provider), cancel_href=back)
    page: dict[str, Any] = {"form": form, "organisation": _place(request)}
    if request.method == "POST" and form.is_valid():
        if "check" in request.POST:
            page["findings"] = _check(request, form, provider)
        elif _save(
            form,
            lambda: services.save_connection(
                actor=actor, version=form.cleaned_data["version"], given=form.connection
            ),
            lambda: _theirs(_connection_of(selectors.provider_visible_to(actor))),
        ):
            messages.success(request, SAVED)
            return redirect(back)
    return render(request, "single_sign_on/connection.html", page)


def _connection_of(provider: Provider | None) -> dict[str, Any]:
    if provider is None:
        return {"version": 0, "scopes": "openid profile email"}
    return {
        "version": provider.version,
        "issuer": provider.issuer,
        "client_id": provider.client_id,
        "domains": "\n".join(one.name for one in provider.domains.all()),
        "scopes": " ".join(provider.scopes),
    }


def _theirs(shown: dict[str, Any]) -> tuple[dict[str, Any], int]:
    return {name: value for name, value in shown.items() if name != "version"}, shown["version"]


def _check(request: HttpRequest, form: ConnectionForm, provider: Provider | None) -> list[services.Finding]:
    """Try what was typed. The kept secret is sent to nobody but the issuer it was kept for."""
    given = form.connection
    is_same = provider is not None and provider.issuer == given.issuer
    secret = given.client_secret or (provider.client_secret if provider and is_same else "")
    trial = Provider(
        organisation=_place(request),
        issuer=given.issuer,
        client_id=given.client_id,
        client_secret=secret,
        scopes=list(given.scopes),
    )
    return services.check_settings(actor=actor_of(request), trial=trial)


@changer
@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    """Whom it lets in as what."""
    actor, place = actor_of(request), _place(request)
    provider = selectors.provider_visible_to(actor)
    back = reverse("single_sign_on:overview")
    if provider is None:
        messages.warning(request, policies.NOT_SET_UP.message)
        return redirect(back)
    form = RulesForm(request.POST or None, initial=_rules_of(provider), organisation=place, cancel_href=back)
    if request.method == "POST" and form.is_valid():
        saved = _save(
            form,
            lambda: services.save_rules(actor=actor, version=form.cleaned_data["version"], given=form.rules),
            lambda: _theirs(_rules_of(selectors.provider_visible_to(actor) or provider)),
        )
        if saved:
            messages.success(request, SAVED)
            return redirect(back)
    return render(request, "single_sign_on/rules.html", {"form": form, "organisation": place})


def _rules_of(provider: Provider) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "version": provider.version,
        "role_claim": provider.role_claim,
        "newcomers": provider.newcomers,
        "trusted_amr": "\n".join(provider.trusted_amr),
        "trusted_acr": "\n".join(provider.trusted_acr),
    }
    for rule in provider.rules.all():
        name = f"role_{rule.role}"
        shown[name] = f"{shown[name]}\n{rule.value}" if name in shown else rule.value
    return shown


@changer
@require_http_methods(["GET", "POST"])
def passwords(request: HttpRequest) -> HttpResponse:
    """Whether passwords still open anything here."""
    actor = actor_of(request)
    back = reverse("single_sign_on:overview")
    provider = selectors.provider_visible_to(actor)
    if provider is None:
        messages.warning(request, policies.NOT_SET_UP.message)
        return redirect(back)
    form = PasswordsForm(request.POST or None, initial=_passwords_of(request), cancel_href=back)
    if request.method == "POST" and form.is_valid():
        saved = _save(
            form,
            lambda: services.save_passwords(
                actor=actor,
                version=form.cleaned_data["version"],
                takes_passwords=form.cleaned_data["takes_passwords"] == "yes",
                named=form.cleaned_data["named"],
            ),
            lambda: _theirs(_passwords_of(request)),
        )
        if saved:
            messages.success(request, SAVED)
            return redirect(back)
    return render(request, "single_sign_on/passwords.html", {"form": form, "organisation": _place(request)})


def _passwords_of(request: HttpRequest) -> dict[str, Any]:
    actor = actor_of(request)
    provider = selectors.provider_visible_to(actor)
    return {
        "version": provider.version if provider else 0,
        "takes_passwords": "yes" if _place(request).takes_passwords else "no",
        "named": "\n".join(selectors.break_glass_visible_to(actor).values_list("email", flat=True)),
    }


@changer
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Offer it on the sign-in page, or no more."""
    on = request.POST.get("on") == "yes"
    try:
        services.switch(actor=actor_of(request), on=on)
    except Refused as refused:
        messages.warning(request, refused.refusal.message)
    else:
        words = "It is offered on the sign-in page now." if on else "It is no longer offered."
        messages.success(request, words)
    return redirect("single_sign_on:overview")


@changer
@require_POST
def untie(request: HttpRequest, number: int) -> HttpResponse:
    """Forget that somebody at the provider is that person."""
    row = get_object_or_404(selectors.ties_visible_to(actor_of(request)), pk=number)
    services.untie(actor=actor_of(request), identity_id=row.pk)
    messages.success(request, "Forgotten. They are signed out, and show anew that they are who they are.")
    return redirect("single_sign_on:overview")
