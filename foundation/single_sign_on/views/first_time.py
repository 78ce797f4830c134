"""The first time somebody comes by their organisation's sign-in: showing which account is theirs."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from foundation.access import Refused, public
from foundation.accounts.models import User
from foundation.accounts.opened import opened_of
from foundation.single_sign_on import policies, selectors, services
from foundation.single_sign_on.models import Provider
from foundation.single_sign_on.pending import Pending, forget_pending, pending_in


def _waiting(request: HttpRequest) -> tuple[Pending, Provider] | None:
    pending = pending_in(request.session)
    provider = selectors.provider_on_of(pending.organisation_id) if pending else None
    return (pending, provider) if pending and provider else None


def _own_account(request: HttpRequest) -> User | None:
    """Whoever has signed in here by what is theirs alone: a password or a passkey."""
    user = request.user
    if not isinstance(user, User) or opened_of(request.session, user.pk).through is not None:
        return None
    return user


@public
@never_cache
@require_safe
def first_time(request: HttpRequest) -> HttpResponse:
    """What to do to be known from now on."""
    waiting = _waiting(request)
    if waiting is None:
        return redirect("account_login")
    pending, provider = waiting
    account = _own_account(request)
    page = {
        "pending": pending,
        "provider": provider,
        "account": account,
        "refusal": policies.may_tie(account, provider.organisation) if account else None,
        "sign_in": f"{reverse('account_login')}?next={reverse('single_sign_on:first_time')}",
    }
    return render(request, "single_sign_on/first_time.html", page)


@public
@never_cache
@require_POST
def tie(request: HttpRequest) -> HttpResponse:
    """Yes, this account is mine."""
    waiting, account = _waiting(request), _own_account(request)
    if waiting is None or account is None:
        return redirect("account_login")
    pending, provider = waiting
    try:
        services.tie(provider=provider, issuer=pending.issuer, subject=pending.subject, user=account)
    except Refused as refused:
        messages.warning(request, refused.refusal.message)
        return redirect("single_sign_on:first_time")
    forget_pending(request.session)
    # A link and no redirect: our pages let no form lead to another site.
    return render(request, "single_sign_on/tied.html", {"provider": provider})
