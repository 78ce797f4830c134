"""The people of one's own organisation, and what an administrator can do about an account."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from foundation.access import Refusal, Refused, roles
from foundation.accounts import lockout, policies, selectors, services
from foundation.accounts.enums import Role
from foundation.accounts.forms import FindPersonForm, GrantForm
from foundation.accounts.models import Membership, Organisation, Team, User
from foundation.accounts.second_factor import has_second_factor
from foundation.actors import Actor
from foundation.requests import actor_of
from foundation.ui.reasons import ReasonForm

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Act:
    """One thing done to an account with a reason: its words, its policy and its service."""

    title: str
    happens: tuple[str, ...]
    button: str
    done: str
    may: Callable[[Actor, User], Refusal | None]
    do: Callable[..., Any]


ACTS: dict[str, Act] = {
    "suspend": Act(
        "Suspend this account",
        (
            "They are signed out everywhere at once.",
            "They cannot sign in until they are reinstated.",
            "Invitations they sent for your organisation and that nobody has used are taken back.",
        ),
        "Suspend",
        "The account is suspended and signed out everywhere.",
        policies.may_suspend,
        services.suspend_user,
    ),
    "reinstate": Act(
        "Reinstate this account",
        ("They can sign in again, with the roles they still have.",),
        "Reinstate",
        "The account is reinstated.",
        policies.may_reinstate,
        services.reinstate_user,
    ),
    "reset-second-factor": Act(
        "Remove their second factor",
        (
            "Make sure it is them: call back on a number you know.",
            "They are signed out everywhere and told by e-mail.",
            "At the next sign-in they must set up a new second factor before anything else opens.",
        ),
        "Remove the second factor",
        "The second factor is removed. They set up another when they next sign in.",
        policies.may_reset_second_factor,
        services.reset_second_factor,
    ),
}


def _person(request: HttpRequest, reference: str) -> User:
    return get_object_or_404(selectors.people_visible_to(actor_of(request)), reference=reference)


def _own_organisation(request: HttpRequest) -> Organisation:
    return Organisation.objects.get(pk=actor_of(request).organisation_id or 0)


def _back(person: User) -> HttpResponse:
    return redirect("accounts:person", person.reference)


@roles(Role.ADMINISTRATOR)
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody of the organisation, by name; `after` is the reference of the last one seen."""
    rows = selectors.people_page(actor_of(request), after=request.GET.get("after", ""), size=A_PAGE)
    page = {
        "people": rows[:A_PAGE],
        "older": rows[A_PAGE - 1].reference if len(rows) > A_PAGE else None,
        "find": FindPersonForm(),
        "organisation": _own_organisation(request),
    }
    return render(request, "accounts/people.html", page)


@roles(Role.ADMINISTRATOR)
@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """Go to the person with that address, if they are one of ours."""
    form = FindPersonForm(request.POST)
    found = None
    if form.is_valid():
        wanted = form.cleaned_data["email"]
        found = selectors.people_visible_to(actor_of(request)).filter(email__iexact=wanted).first()
    if found is not None:
        return _back(found)
    messages.warning(request, "Nobody of your organisation has this address.")
    return redirect("accounts:people")


@roles(Role.ADMINISTRATOR)
@require_safe
def person(request: HttpRequest, reference: str) -> HttpResponse:
    """One account: its standing, roles here, sessions, and what can be done."""
    actor, shown = actor_of(request), _person(request, reference)
    own = selectors.memberships_visible_to(actor).filter(user=shown)
    page = {
        "person": shown,
        "running": [(row, policies.may_end(actor, row)) for row in own if row.ended_at is None],
        "past": [row for row in own if row.ended_at is not None],
        "session_count": selectors.session_count(shown.pk),
        "has_second_factor": has_second_factor(shown.pk),
        "locked_until": lockout.locked_until(shown.email),
        "acts": [
            {"text": act.title, "href": reverse("accounts:act", args=[reference, key]), "refusal": refusal}
            for key, act in ACTS.items()
            if (refusal := act.may(actor, shown)) is None or _worth_showing(refusal)
        ],
        "grant_refusal": _grant_refusal(actor, shown),
        "touch_refusal": policies.may_end_sessions(actor, shown),
    }
    return render(request, "accounts/person.html", page)


def _worth_showing(refusal: Refusal) -> bool:
    """Whether somebody should read why not; "is suspended already" is told by the page itself."""
    return refusal.code not in {"already_suspended", "not_suspended"}


def _grant_refusal(actor: Actor, shown: User) -> Refusal | None:
    place = Organisation.objects.get(pk=actor.organisation_id or 0)
    return policies.may_grant(actor, shown, place, Role.AUDITOR)  # a role every organisation has


def _why(request: HttpRequest, *, submit_label: str, cancel_href: str) -> ReasonForm:
    return ReasonForm(
        request.POST or None,
        submit_label=submit_label,
        submit_style="warning",
        hint="This is kept with the record. Write nothing here that the person must not read one day.",
        longest=1000,
        cancel_href=cancel_href,
    )


@roles(Role.ADMINISTRATOR, fresh=True)
def act(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Suspend, reinstate or remove a second factor, with the reason."""
    chosen = ACTS.get(name)
    if chosen is None:
        raise Http404
    shown = _person(request, reference)
    back = reverse("accounts:person", args=[reference])
    form = _why(request, submit_label=chosen.button, cancel_href=back)
    if request.method == "POST" and form.is_valid():
        try:
            chosen.do(actor=actor_of(request), user_id=shown.pk, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, refused.refusal.message)
        else:
            messages.success(request, chosen.done)
            return redirect(back)
    page = {"form": form, "title": chosen.title, "happens": chosen.happens, "person": shown, "back": back}
    return render(request, "accounts/act.html", page)


@roles(Role.ADMINISTRATOR, fresh=True)
def grant(request: HttpRequest, reference: str) -> HttpResponse:
    """Give somebody one more role."""
    shown, place = _person(request, reference), _own_organisation(request)
    back = reverse("accounts:person", args=[reference])
    form = GrantForm(request.POST or None, organisation=place, cancel_href=back)
    if request.method == "POST" and form.is_valid():
        team = Team.objects.filter(organisation=place, code=form.cleaned_data["team"]).first()
        try:
            services.grant_role(
                actor=actor_of(request),
                user_id=shown.pk,
                organisation_id=place.pk,
                role=form.cleaned_data["role"],
                team_id=team.pk if team else None,
            )
        except Refused as refused:
            form.add_error(None, refused.refusal.message)
        else:
            messages.success(request, "The role is given.")
            return redirect(back)
    page = {"form": form, "title": "Give a role", "happens": (), "person": shown, "back": back}
    return render(request, "accounts/act.html", page)


@roles(Role.ADMINISTRATOR, fresh=True)
def end_role(request: HttpRequest, reference: str, role: str) -> HttpResponse:
    """Take a running role away, with the reason."""
    shown = _person(request, reference)
    own = selectors.memberships_visible_to(actor_of(request))
    row: Membership = get_object_or_404(own, user=shown, role=role, ended_at=None)
    back = reverse("accounts:person", args=[reference])
    form = _why(request, submit_label="End the role", cancel_href=back)
    if request.method == "POST" and form.is_valid():
        try:
            services.end_role(
                actor=actor_of(request), membership_id=row.pk, reason=form.cleaned_data["reason"]
            )
        except Refused as refused:
            form.add_error(None, refused.refusal.message)
        else:
            messages.success(request, "The role has ended.")
            return redirect(back)
    happens = (
        f"{row.get_role_display()}: they can no longer do what this role may, from the next click.",
        "If it is their last role here they are signed out everywhere at once.",
    )
    page = {"form": form, "title": "End a role", "happens": happens, "person": shown, "back": back}
    return render(request, "accounts/act.html", page)


@roles(Role.ADMINISTRATOR, fresh=True)
@require_POST
def unlock(request: HttpRequest, reference: str) -> HttpResponse:
    """Forget somebody's wrong passwords."""
    shown = _person(request, reference)
    services.unlock_user(actor=actor_of(request), user_id=shown.pk)
    messages.success(request, "They can try to sign in again now.")
    return _back(shown)


@roles(Role.ADMINISTRATOR, fresh=True)
@require_POST
def end_sessions(request: HttpRequest, reference: str) -> HttpResponse:
    """Sign somebody out everywhere."""
    shown = _person(request, reference)
    services.end_sessions(actor=actor_of(request), user_id=shown.pk)
    messages.success(request, "They are signed out everywhere.")
    return _back(shown)
