"""Partners' systems on the public site: signed up, confirmed by their contact, and changed by a link."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from alerts.audience import links
from alerts.audience.enums import Kind
from alerts.audience.models import SystemSignUp
from alerts.audience.public.sending import is_open, keep, make_form, page, small, taken, to
from alerts.audience.public.system_forms import AskSystemLinkForm, NewSecretForm, ShowSecretForm, SystemForm
from alerts.audience.signing_secrets import FIRST, NEW, secret_of
from alerts.audience.wording import PROBLEMS
from foundation import access
from foundation.ui.languages import by_address

_READ = ("contact_confirmed_at", "verified_at", "problem", "next_ask_at", "expires_at")


@csrf_exempt
@access.public
@require_http_methods(["GET", "HEAD", "POST"])
@small
@by_address
def sign_up(request: HttpRequest) -> HttpResponse:
    """The form. What follows is the same whether we know the system or not."""
    form, sent_key = make_form(request, SystemForm)
    key = taken(form, sent_key)
    if key is None:
        return page(request, "system", "systems/", form=form)
    keep(key, Kind.SYSTEM, form.told())
    return to("systems/sent/")


@access.public
@require_safe
@by_address
def sent(request: HttpRequest) -> HttpResponse:
    """A link is on its way to the contact."""
    return page(request, "system_sent", "systems/sent/")


@csrf_exempt
@access.public
@require_http_methods(["GET", "HEAD", "POST"])
@small
@by_address
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the contact: a button shows the secret; from then on the page says how the system fares."""
    here = f"systems/confirm/{token}/"
    state = _state_of(token)
    if state is None:
        return page(request, "system_closed", here, status=404)
    if state["contact_confirmed_at"]:
        problem = PROBLEMS.get(state["problem"], "")
        return page(request, "system_state", here, state=state, problem=problem)
    form, sent_key = make_form(request, ShowSecretForm)
    key = taken(form, sent_key)
    if key is None:
        return page(request, "system_confirm", here, form=form)
    secret = secret_of(token, FIRST)
    keep(key, Kind.SYSTEM_OK, {"token_hash": links.hash_of(token), "secret": secret})
    return page(request, "system_secret", here, secret=secret, token=token)


def _state_of(token: str) -> dict[str, Any] | None:
    """How far a sign-up is. Reads only what the public site's role may."""
    rows = SystemSignUp.objects.filter(token_hash=links.hash_of(token), expires_at__gt=timezone.now())
    # `first` would order by a column it may not read.
    return next(iter(rows.order_by().values(*_READ)[:1]), None)


@csrf_exempt
@access.public
@require_http_methods(["GET", "HEAD", "POST"])
@small
@by_address
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the link. The answer is the same whether the two addresses belong together or not."""
    form, sent_key = make_form(request, AskSystemLinkForm)
    key = taken(form, sent_key)
    if key is None:
        return page(request, "system_ask", "systems/choices/", form=form)
    keep(key, Kind.ASK_SYSTEM, form.told())
    return to("systems/choices/sent/")


@access.public
@require_safe
@by_address
def asked(request: HttpRequest) -> HttpResponse:
    """If the two belong together, the link is on its way."""
    return page(request, "system_asked", "systems/choices/sent/")


@access.public
@require_safe
@by_address
def choices(request: HttpRequest, token: str) -> HttpResponse:
    """What may be done with a system."""
    here = f"systems/choices/{token}/"
    if not is_open(token):
        return page(request, "system_closed", here, status=404)
    return page(request, "system_choices", here, token=token)


@csrf_exempt
@access.public
@require_http_methods(["GET", "HEAD", "POST"])
@small
@by_address
def new_secret(request: HttpRequest, token: str) -> HttpResponse:
    """A new secret, one for each link: pressed again, the button shows the same."""
    here = f"systems/choices/{token}/secret/"
    if not is_open(token):
        return page(request, "system_closed", here, status=404)
    form, sent_key = make_form(request, NewSecretForm)
    key = taken(form, sent_key)
    if key is None:
        return page(request, "system_new_secret", here, form=form)
    secret = secret_of(token, NEW)
    keep(key, Kind.NEW_SECRET, {"token_hash": links.hash_of(token), "secret": secret})
    return page(request, "system_secret", here, secret=secret, is_new=True)
