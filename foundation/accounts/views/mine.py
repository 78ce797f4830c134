"""One's own account: second factors, sessions, the organisation one acts for."""

from __future__ import annotations

import ipaddress

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from foundation.access import signed_in
from foundation.accounts import limits, selectors, services
from foundation.accounts.models import Organisation
from foundation.accounts.opened import opened_of
from foundation.accounts.second_factor import request_has_second_factor
from foundation.requests import actor_of, user_of

FACTOR_NAMES = {
    "totp": "Authenticator app",
    "webauthn": "Passkey or security key",
    "recovery_codes": "Recovery codes",
}


@signed_in
def account(request: HttpRequest) -> HttpResponse:
    """What one's account is and where to change it."""
    actor = actor_of(request)
    page = {
        "person": user_of(request),
        "memberships": selectors.running_memberships(user_of(request).pk),
        "organisations": _open_to(request),
        "acting_for": actor.organisation_id,
        "opened": opened_of(request.session, user_of(request).pk),
        "factors": [(FACTOR_NAMES[one.type], one) for one in selectors.factors_of(user_of(request).pk)],
        "session_count": selectors.session_count(user_of(request).pk),
    }
    return render(request, "accounts/mine.html", page)


def _open_to(request: HttpRequest) -> list[Organisation]:
    """The organisations this session may act for."""
    opened = opened_of(request.session, user_of(request).pk)
    rows = [
        row
        for row in selectors.running_memberships(user_of(request).pk)
        if opened.admits(row.organisation_id, row.organisation.takes_passwords)
    ]
    return list({row.organisation_id: row.organisation for row in rows}.values())


@signed_in
def second_factor(request: HttpRequest) -> HttpResponse:
    """Why a second factor is needed and the two ways to set one up."""
    if request_has_second_factor(request):
        return redirect("mine:account")
    host = request.get_host().rpartition(":")[0] or request.get_host()
    return render(request, "accounts/second_factor.html", {"is_number": _is_number(host)})


def _is_number(host: str) -> bool:
    """Whether the site was opened by a number; browsers keep passkeys for names only."""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


@signed_in
@require_POST
def act_for(request: HttpRequest) -> HttpResponse:
    """Act for another of one's own organisations from now on; any other code is 404."""
    code = request.POST.get("code", "")
    place = next((one for one in _open_to(request) if one.code == code), None)
    if place is None:
        raise Http404
    services.act_for(actor=actor_of(request), organisation_id=place.pk)
    request.session["organisation_id"] = place.pk
    return redirect("/")


@signed_in
@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Go on being signed in: the request itself restarted the idle clock."""
    answer = HttpResponse(status=204)
    answer["X-Session-Seconds"] = str(limits.seconds_left(request.session))
    return answer
