"""Inviting people, for administrators, and accepting, for whoever holds the link."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from foundation.access import Refusal, Refused, public, roles
from foundation.accounts import policies, selectors, services
from foundation.accounts.addresses import client_address
from foundation.accounts.enums import Role
from foundation.accounts.forms import AcceptForm, FirstAdministratorForm, InviteForm
from foundation.accounts.models import Invitation, Organisation, Team, User
from foundation.requests import actor_of

A_SCREENFUL = 100
TOKEN = "invitation"  # noqa: S105 - the name under which the session keeps its digest
GONE = Refusal("unknown", "This link is not valid. Perhaps a newer invitation was sent: use the latest.")


@roles(Role.ADMINISTRATOR)
@require_safe
def invitations(request: HttpRequest) -> HttpResponse:
    """Open and past invitations, newest first."""
    actor, now = actor_of(request), timezone.now()
    rows = [
        {
            "invitation": row,
            "roles": [Role(role).label for role in row.roles],
            "standing": _standing(row),
            "is_late": row.expires_at <= now,
            "refusal": policies.may_manage_invitation(actor, row),
        }
        for row in selectors.invitations_visible_to(actor)[:A_SCREENFUL]
    ]
    return render(request, "accounts/invitations.html", {"rows": rows, "limit": A_SCREENFUL})


def _standing(row: Invitation) -> str:
    refusal = policies.may_accept(row)
    return refusal.code if refusal else "open"


@roles(Role.ADMINISTRATOR, fresh=True)
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody into one's own organisation."""
    place = Organisation.objects.get(pk=actor_of(request).organisation_id or 0)
    form = InviteForm(request.POST or None, organisation=place, cancel_href=reverse("accounts:people"))
    if request.method == "POST" and form.is_valid():
        team = Team.objects.filter(organisation=place, code=form.cleaned_data["team"]).first()
        try:
            services.invite(
                actor=actor_of(request),
                organisation_id=place.pk,
                email=form.cleaned_data["email"],
                roles=form.cleaned_data["roles"],
                team_id=team.pk if team else None,
            )
        except Refused as refused:
            form.add_error("email", refused.refusal.message)
        else:
            messages.success(request, "The invitation is on its way.")
            return redirect("accounts:invitations")
    return render(request, "accounts/invite.html", {"form": form, "organisation": place})


@roles(Role.ADMINISTRATOR, fresh=True)
def first_administrator(request: HttpRequest, code: str) -> HttpResponse:
    """Invite the first administrator of an organisation that has none."""
    actor = actor_of(request)
    place = get_object_or_404(selectors.organisations_visible_to(actor), code=code)
    if not policies.is_platform_administrator(actor):
        raise Http404
    form = FirstAdministratorForm(request.POST or None, cancel_href=reverse("accounts:organisations"))
    if request.method == "POST" and form.is_valid():
        try:
            services.invite(
                actor=actor,
                organisation_id=place.pk,
                email=form.cleaned_data["email"],
                roles=[Role.ADMINISTRATOR],
            )
        except Refused as refused:
            form.add_error("email", refused.refusal.message)
        else:
            messages.success(request, "The invitation is on its way.")
            return redirect("accounts:invitations")
    return render(request, "accounts/invite.html", {"form": form, "organisation": place, "first": True})


@roles(Role.ADMINISTRATOR, fresh=True)
@require_POST
def resend(request: HttpRequest, reference: str) -> HttpResponse:
    """Send an invitation again, with a new link."""
    row = get_object_or_404(selectors.invitations_visible_to(actor_of(request)), reference=reference)
    services.resend_invitation(actor=actor_of(request), invitation_id=row.pk)
    messages.success(request, "A new link is on its way. The earlier one no longer works.")
    return redirect("accounts:invitations")


@roles(Role.ADMINISTRATOR, fresh=True)
@require_POST
def revoke(request: HttpRequest, reference: str) -> HttpResponse:
    """Take an invitation back."""
    row = get_object_or_404(selectors.invitations_visible_to(actor_of(request)), reference=reference)
    services.revoke_invitation(actor=actor_of(request), invitation_id=row.pk)
    messages.success(request, "The invitation is taken back. Its link no longer works.")
    return redirect("accounts:invitations")


@public
@never_cache
@require_safe
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Take the token out of the address, so that it is in no history; the session keeps its digest."""
    request.session[TOKEN] = selectors.digest(token)
    return redirect("invitation")


@public
@never_cache
@sensitive_post_parameters("password1", "password2")
def accept(request: HttpRequest) -> HttpResponse:
    """Make an account, or add the roles to the one the address has."""
    row = selectors.invitation_by_digest(request.session.get(TOKEN, ""))
    if row is None:
        return _closed(request, GONE)
    refusal = policies.may_accept(row)
    if refusal is not None:
        return _closed(request, refusal)
    if isinstance(request.user, User) and request.user.is_authenticated:
        return _with_account(request, row, request.user)
    if User.objects.filter(email__iexact=row.email).exists():
        return _ask(request, row, "sign_in")
    form = AcceptForm(request.POST or None, email=row.email)
    if request.method == "POST" and form.is_valid():
        return _new_account(request, row, form)
    return _ask(request, row, "new", form)


def _new_account(request: HttpRequest, row: Invitation, form: AcceptForm) -> HttpResponse:
    try:
        user = services.accept_as_new(
            invitation_id=row.pk,
            full_name=form.cleaned_data["full_name"],
            password=form.cleaned_data["password1"],
            source=client_address(request),
        )
    except Refused as refused:
        return _closed(request, refused.refusal)
    request.session.pop(TOKEN, None)
    get_adapter().login(request, user)
    request.session["organisation_id"] = row.organisation_id
    return redirect("mine:second_factor")


def _with_account(request: HttpRequest, row: Invitation, user: User) -> HttpResponse:
    if user.email.lower() != row.email.lower():
        return _ask(request, row, "other_account")
    if request.method != "POST":
        return _ask(request, row, "add")
    try:
        services.accept_with_account(actor=actor_of(request), invitation_id=row.pk, user_id=user.pk)
    except Refused as refused:
        return _closed(request, refused.refusal)
    request.session.pop(TOKEN, None)
    messages.success(request, f"You can now act for {row.organisation.name}.")
    return redirect("mine:account")


def _ask(request: HttpRequest, row: Invitation, what: str, form: AcceptForm | None = None) -> HttpResponse:
    held = [Role(role).label for role in row.roles]
    page = {"invitation": row, "roles": held, "what": what, "form": form}
    return render(request, "accounts/accept.html", page)


def _closed(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return render(request, "accounts/invitation_closed.html", {"refusal": refusal}, status=410)
