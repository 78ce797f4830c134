"""Signing in by one's organisation: finding it, going there, coming back."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core.internal import ratelimit
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from foundation.access import public, signed_in
from foundation.accounts.addresses import client_address
from foundation.accounts.opened import note_opened, opened_of
from foundation.accounts.views.invitations import TOKEN
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.requests import user_of
from foundation.single_sign_on import discovery, exchange, flow, reading, selectors, services
from foundation.single_sign_on.adapters import VOUCHED
from foundation.single_sign_on.discovery import Metadata
from foundation.single_sign_on.exceptions import NotTrusted, SignInProblem, Unreachable
from foundation.single_sign_on.flow import Flow
from foundation.single_sign_on.forms import FindForm
from foundation.single_sign_on.models import Provider
from foundation.single_sign_on.pending import Pending, forget_pending, keep_pending
from foundation.single_sign_on.services.coming_in import machine
from foundation.single_sign_on.tokens import LEEWAY_SECONDS, Claims

LIMITS, STARTED = "allauth.account", "single_sign_on"  # settings.ACCOUNT_RATE_LIMITS
# What the library passes on at a sign-in with nothing out of the ordinary.
PLAIN: dict[str, Any] = {"email_verification": "none", "email": None, "signup": False, "redirect_url": None}
OLD = NotTrusted("state", "This sign-in was not started in this browser, or too long ago. Start again.")
OTHER = NotTrusted("mix_up", "The answer came from another sign-in than the one you started. Start again.")


@public
@never_cache
@sensitive_post_parameters("login", "password")
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """The organisation's sign-in that an address leads to; the same whether it has an account or not."""
    form = FindForm(request.POST if request.POST.get("login") else None)
    page: dict[str, Any] = {"form": form, "next": _safe(request, request.POST.get("next", ""))}
    if request.method == "POST" and form.is_valid():
        page["provider"] = selectors.provider_for_address(form.cleaned_data["login"])
        page["is_found"] = page["provider"] is not None
        page["was_asked"] = True
    return render(request, "single_sign_on/find.html", page)


@public
@never_cache
@require_safe
def go(request: HttpRequest, code: str) -> HttpResponse:
    """Go to an organisation's sign-in."""
    provider = selectors.provider_on(code)
    if provider is None:
        raise Http404
    return _to_provider(request, provider, again=False)


def _let_in_by(request: HttpRequest) -> Provider:
    through = opened_of(request.session, user_of(request).pk).through
    provider = selectors.provider_on_of(through) if through is not None else None
    if provider is None:
        raise Http404
    return provider


@signed_in
@never_cache
@require_safe
def again(request: HttpRequest) -> HttpResponse:
    """Before proving it is you: a link and no redirect, as our pages let no form lead to another site."""
    next_page = _safe(request, request.GET.get("next", ""))
    page = {"provider": _let_in_by(request), "next": next_page}
    return render(request, "single_sign_on/again.html", page)


@signed_in
@never_cache
@require_safe
def prove(request: HttpRequest) -> HttpResponse:
    """Prove it is you, at the sign-in that let you in."""
    return _to_provider(request, _let_in_by(request), again=True)


def _to_provider(request: HttpRequest, provider: Provider, *, again: bool) -> HttpResponse:
    try:
        if ratelimit.consume(request, app=LIMITS, action=STARTED, limit_get=True) is None:
            raise Unreachable("busy", "Too many sign-ins were started from here. Wait a minute.")
        metadata = discovery.discover(provider.issuer)
    except SignInProblem as problem:
        return _problem(request, provider, problem)
    next_page = _safe(request, request.GET.get("next", ""))
    url = flow.begin(request.session, provider=provider, metadata=metadata, next_page=next_page, again=again)
    return HttpResponseRedirect(url)


@public
@never_cache
@require_safe
def back(request: HttpRequest, code: str) -> HttpResponse:
    """Where an organisation's provider sends people back to."""
    provider = selectors.provider_on(code)
    started = flow.take(request.session, request.GET.get("state", ""))
    if provider is None:
        raise Http404
    if started is None:
        return _problem(request, provider, OLD)
    try:
        claims = _claims(request, provider, started)
        if started.again:
            return _proved_again(request, provider, started, claims)
    except SignInProblem as problem:
        actor = machine(provider.organisation_id, client_address(request))
        audit.record(actor=actor, action="sign_in.refused", target=provider, to_state=problem.code)
        return _problem(request, provider, problem)
    return _arrived(request, provider, started, claims)


def _claims(request: HttpRequest, provider: Provider, started: Flow) -> Claims:
    if (started.organisation_id, started.issuer) != (provider.organisation_id, provider.issuer):
        raise OTHER
    metadata = discovery.discover(provider.issuer)
    _check_sender(request, metadata)
    if request.GET.get("error"):
        raise _said_no(request.GET["error"])
    return exchange.redeem(
        provider=provider, metadata=metadata, flow=started, code=request.GET.get("code", "")
    )


def _check_sender(request: HttpRequest, metadata: Metadata) -> None:
    """The provider's own name beside the code (RFC 9207), where it sends one."""
    said = request.GET.get("iss")
    if said != metadata.issuer and (said is not None or metadata.names_itself):
        raise OTHER


def _said_no(error: str) -> SignInProblem:
    if error == "access_denied":
        return NotTrusted("cancelled", "The sign-in was broken off, or you may not use Harbour there.")
    return NotTrusted("provider_error", "Your organisation's sign-in reported a fault of its own.")


def _proved_again(request: HttpRequest, provider: Provider, started: Flow, claims: Claims) -> HttpResponse:
    """Only the same person, who has just now signed in there anew with a second factor, has proved it."""
    user = request.user
    opened = opened_of(request.session, user.pk)
    own = selectors.person_at(provider, claims.issuer, claims.subject)
    if own is None or own.pk != user.pk or opened.through != provider.organisation_id:
        raise NotTrusted("other_person", "Somebody else signed in there. Nothing was confirmed.")
    at = claims.authenticated_at
    if at is None or at < started.started_at - LEEWAY_SECONDS:
        raise NotTrusted(
            "not_fresh", "Your organisation's sign-in did not ask you anew. Nothing was confirmed."
        )
    if not reading.has_trusted_factor(provider, claims):
        raise NotTrusted("no_factor", "No second factor was given there. Nothing was confirmed.")
    record_authentication(request, own, method="mfa", type=VOUCHED, at=min(at, time.time()))
    return redirect(started.next_page)


def _arrived(request: HttpRequest, provider: Provider, started: Flow, claims: Claims) -> HttpResponse:
    arrival = services.come_in(
        provider=provider,
        claims=claims,
        invitation=request.session.get(TOKEN, ""),
        source=client_address(request),
    )
    if request.user.is_authenticated or arrival.user is not None:
        _leave(request)
    if arrival.refusal is not None:
        page = {"provider": provider, "refusal": arrival.refusal}
        return render(request, "single_sign_on/refused.html", page, status=403)
    if arrival.user is None:
        known_as = reading.email_in(claims)
        keep_pending(
            request.session,
            Pending(provider.organisation_id, claims.issuer, claims.subject, known_as, time.time()),
        )
        return redirect("single_sign_on:first_time")
    forget_pending(request.session)
    request.session["organisation_id"] = provider.organisation_id
    note_opened(
        request.session, arrival.user, through=provider.organisation_id, has_factor=arrival.has_factor
    )
    if not arrival.has_factor:
        login = Login(user=arrival.user, redirect_url=started.next_page, signal_kwargs={VOUCHED: True})
        on_to_our_factor: HttpResponse = perform_login(request, login)
        return on_to_our_factor
    turned_away: HttpResponse | None = get_adapter().pre_login(
        request, arrival.user, signal_kwargs={VOUCHED: True}, **PLAIN
    )
    if turned_away is not None:
        return turned_away
    # As fresh as it is: whoever signed in there this morning is asked again before authorising.
    at = min(claims.authenticated_at or 0, time.time())
    record_authentication(request, arrival.user, method="mfa", type=VOUCHED, at=at)
    get_adapter().login(request, arrival.user)
    return redirect(started.next_page)


def _leave(request: HttpRequest) -> None:
    """Whoever was here before has no part in the new session, nor in the page that answers."""
    logout(request)
    request.actor = Actor.nobody(client_address(request))  # type: ignore[attr-defined]


def _problem(request: HttpRequest, provider: Provider, problem: SignInProblem) -> HttpResponse:
    status = 502 if isinstance(problem, Unreachable) else 400
    page = {"provider": provider, "problem": problem}
    return render(request, "single_sign_on/problem.html", page, status=status)


def _safe(request: HttpRequest, given: str) -> str:
    """A page of ours to go on to."""
    if url_has_allowed_host_and_scheme(given, {request.get_host()}, require_https=request.is_secure()):
        return given
    return reverse("work")
