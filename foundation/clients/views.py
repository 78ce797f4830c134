"""The systems of one's own organisation, for administrators."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from foundation.access import Refusal, Refused, roles
from foundation.accounts.enums import Role
from foundation.clients import policies, selectors, services
from foundation.clients.forms import ChangeForm, ClientForm, RevokeForm, RotateForm
from foundation.clients.models import Client
from foundation.requests import actor_of


@roles(Role.ADMINISTRATOR)
@require_safe
def clients(request: HttpRequest) -> HttpResponse:
    """Systems that are let in, then those shut out."""
    actor = actor_of(request)
    rows = [
        {"client": row, "refusal": policies.may_change_client(actor, row), "may": _words(row)}
        for row in selectors.clients_visible_to(actor)
    ]
    return render(request, "clients/clients.html", {"rows": rows})


def _words(row: Client) -> list[str]:
    return [words for scope, words in settings.API_SCOPES.items() if scope in row.scopes]


@roles(Role.ADMINISTRATOR, fresh=True)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Let one in; its secret is on the page that answers, and nowhere afterwards."""
    form = ClientForm(request.POST or None, cancel_href=reverse("clients:clients"))
    if request.method == "POST" and form.is_valid():
        made = services.make_client(actor=actor_of(request), **form.cleaned_data)
        return _shown(request, made)
    return render(request, "clients/add.html", {"form": form})


@roles(Role.ADMINISTRATOR, fresh=True)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """What one may do and where it may come from."""
    client, refusal = _one(request, reference)
    stands = {
        "scopes": client.scopes,
        "allowed_addresses": "\n".join(client.allowed_addresses),
        "seen": selectors.state_of(client),
    }
    form = ChangeForm(request.POST or None, initial=stands, cancel_href=reverse("clients:clients"))
    if request.method == "POST" and refusal is None and form.is_valid():
        try:
            services.change_client(actor=actor_of(request), client_id=client.pk, **form.cleaned_data)
        except Refused as problem:
            form.add_error(None, problem.refusal.message)
        else:
            messages.success(request, "Saved. What was taken away is refused from its next request on.")
            return redirect("clients:clients")
    return render(request, "clients/change.html", {"form": form, "client": client, "refusal": refusal})


@roles(Role.ADMINISTRATOR, fresh=True)
@require_http_methods(["GET", "POST"])
def rotate(request: HttpRequest, reference: str) -> HttpResponse:
    """A new secret; the old one ends at once."""
    client, refusal = _one(request, reference)
    form = RotateForm(cancel_href=reverse("clients:clients"))
    if request.method == "POST" and refusal is None:
        return _shown(request, services.rotate_secret(actor=actor_of(request), client_id=client.pk))
    return render(request, "clients/rotate.html", {"form": form, "client": client, "refusal": refusal})


@roles(Role.ADMINISTRATOR, fresh=True)
@require_http_methods(["GET", "POST"])
def revoke(request: HttpRequest, reference: str) -> HttpResponse:
    """Shut one out."""
    client, refusal = _one(request, reference)
    form = RevokeForm(request.POST or None, cancel_href=reverse("clients:clients"))
    if request.method == "POST" and refusal is None and form.is_valid():
        services.revoke_client(
            actor=actor_of(request), client_id=client.pk, reason=form.cleaned_data["reason"]
        )
        messages.success(request, "The system is shut out. Its next request is refused.")
        return redirect("clients:clients")
    return render(request, "clients/revoke.html", {"form": form, "client": client, "refusal": refusal})


def _one(request: HttpRequest, reference: str) -> tuple[Client, Refusal | None]:
    client = get_object_or_404(selectors.clients_visible_to(actor_of(request)), reference=reference)
    return client, policies.may_change_client(actor_of(request), client)


def _shown(request: HttpRequest, made: services.Secret) -> HttpResponse:
    """The one page with the secret. Pages are not kept by the browser (`config.private_pages`)."""
    return render(request, "clients/secret.html", {"client": made.client, "secret": made.secret})
