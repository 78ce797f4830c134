"""Who compares with whom: set up, the key shown once, a list sent, the end."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation import access
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from missingcases.views.common import go, show, visible
from missingcases.views.verbs import posted
from partners.blind import deadlines, policies, selectors, services
from partners.blind.enums import PairingStatus
from partners.blind.forms import AskForm, ReasonForm, StartForm
from partners.blind.models import Pairing
from partners.blind.states import HOLDERS, PAIRING, PARTNER
from partners.blind.tool import NAME, packed

users = access.roles(policies.USERS)
read_or_write = require_http_methods(["GET", "POST"])
SAID_COMPARED = (
    "Compared. What may be the same person is looked at by somebody of the force first. You are told only of "
    "what they confirm, under Possible matches."
)


def pairing_of(request: HttpRequest, reference: str) -> Pairing:
    """The pairing, for either side; 404 for everybody else."""
    return visible(lambda: selectors.pairing_named(actor_of(request), reference))


@users
@require_GET
def pairings(request: HttpRequest) -> HttpResponse:
    """The pairings of one's organisation, and what waits for it."""
    actor = actor_of(request)
    context = {
        "rows": selectors.visible_to(actor)[: selectors.SHOWN],
        "waiting": selectors.waiting_listed(actor),
        "is_holder": selectors.is_holder(actor),
        "start_refusal": policies.may_start(actor),
        "most": selectors.SHOWN,
    }
    return render(request, "blind/list.html", context)


@access.roles(HOLDERS)
@read_or_write
def start(request: HttpRequest) -> HttpResponse:
    """Make a key for a partner."""
    actor = actor_of(request)
    form = StartForm(**posted(request), actor=actor, cancel_href=reverse("blind:list"))

    def run(answers: dict[str, Any]) -> Pairing:
        return services.start_pairing(actor=actor, partner_id=answers["partner"].pk)

    if request.method == "POST" and not isinstance(done := attempt(form, run), Failed):
        return go(request, _at(done), said="The key is made. The partner has it shown once, on this page.")
    return show(request, "blind/start.html", {"form": form, "refusal": policies.may_start(actor)})


@users
@require_GET
def pairing(request: HttpRequest, reference: str) -> HttpResponse:
    """One pairing, as its own side sees it."""
    actor = actor_of(request)
    row = pairing_of(request, reference)
    context = {
        "pairing": row,
        "is_holder": selectors.is_holder(actor),
        "runs": selectors.runs_of(actor, row)[: selectors.SHOWN],
        "candidates": selectors.listed(actor, row),
        "key_refusal": policies.may_take_key(actor, row),
        "ask_refusal": policies.may_ask(actor, row),
        "renew_refusal": policies.may_renew_key(actor, row),
        "end_refusal": PAIRING.may(row, PairingStatus.ENDED, actor),
        "limits": deadlines,
        "most": selectors.SHOWN,
    }
    return render(request, "blind/pairing.html", context)


@access.roles(PARTNER, fresh=True)
@never_cache
@require_POST
def key(request: HttpRequest, reference: str) -> HttpResponse:
    """The one page that shows the key."""
    actor = actor_of(request)
    row = pairing_of(request, reference)
    shown = services.show_key(actor=actor, pairing_id=row.pk)
    return render(request, "blind/key.html", {"pairing": row, "key": shown})


@users
@read_or_write
def new_key(request: HttpRequest, reference: str) -> HttpResponse:
    """Replace the key."""
    actor = actor_of(request)
    row = pairing_of(request, reference)
    form = ReasonForm(
        **posted(request),
        label="Why the key is replaced",
        submit="Make a new key",
        hint="For example: it was lost, or somebody who left has seen it.",
        cancel_href=_at(row),
    )

    def run(answers: dict[str, Any]) -> Pairing:
        return services.renew_key(actor=actor, pairing_id=row.pk, reason=answers["reason"])

    if request.method == "POST" and not isinstance(attempt(form, run), Failed):
        return go(request, _at(row), said="There is a new key. Files made with the old one are refused.")
    context = {
        "pairing": row,
        "form": form,
        "refusal": policies.may_renew_key(actor, row),
        "is_holder": selectors.is_holder(actor),
    }
    return show(request, "blind/new_key.html", context)


@access.roles(PARTNER)
@read_or_write
def ask(request: HttpRequest, reference: str) -> HttpResponse:
    """Send a file of patterns and have it compared."""
    actor = actor_of(request)
    row = pairing_of(request, reference)
    form = AskForm(
        request.POST or None if request.method == "POST" else None,
        request.FILES or None,
        cancel_href=_at(row),
    )

    def run(answers: dict[str, Any]) -> Any:
        return services.ask(actor=actor, pairing_id=row.pk, held=answers["file"])

    if request.method == "POST" and not isinstance(attempt(form, run), Failed):
        return go(request, _at(row), said=SAID_COMPARED)
    context = {
        "pairing": row,
        "form": form,
        "refusal": policies.may_ask(actor, row),
        "limits": deadlines,
        "digest_said": f"Its SHA-256 digest is {sha256(packed()).hexdigest()}.",
        "tool_name": NAME,
    }
    return show(request, "blind/ask.html", context)


@users
@require_GET
def tool(request: HttpRequest) -> HttpResponse:
    """The encoding tool, to be run beside a partner's own records."""
    return HttpResponse(
        packed(),
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{NAME}"'},
    )


@users
@read_or_write
def end(request: HttpRequest, reference: str) -> HttpResponse:
    """Stop comparing."""
    actor = actor_of(request)
    row = pairing_of(request, reference)
    form = ReasonForm(**posted(request), label="Why it ends", submit="End it", cancel_href=_at(row))

    def run(answers: dict[str, Any]) -> Pairing:
        return services.end_pairing(actor=actor, pairing_id=row.pk, reason=answers["reason"])

    if request.method == "POST" and not isinstance(attempt(form, run), Failed):
        return go(request, _at(row), said="It has ended and the key is destroyed.")
    context = {"pairing": row, "form": form, "refusal": PAIRING.may(row, PairingStatus.ENDED, actor)}
    return show(request, "blind/end.html", context)


def _at(row: Pairing) -> str:
    return reverse("blind:pairing", args=[row.reference])
