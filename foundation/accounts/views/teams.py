"""The teams of one's own organisation, for administrators."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from foundation.access import Refused, roles
from foundation.accounts import policies, selectors, services
from foundation.accounts.enums import Role
from foundation.accounts.forms import TeamForm
from foundation.requests import actor_of


@roles(Role.ADMINISTRATOR)
@require_safe
def teams(request: HttpRequest) -> HttpResponse:
    """Open teams, then closed ones."""
    return render(request, "accounts/teams.html", {"teams": selectors.teams_visible_to(actor_of(request))})


@roles(Role.ADMINISTRATOR, fresh=True)
def add(request: HttpRequest) -> HttpResponse:
    """Add one."""
    form = TeamForm(request.POST or None, cancel_href=reverse("accounts:teams"))
    if request.method == "POST" and form.is_valid():
        try:
            services.add_team(actor=actor_of(request), name=form.cleaned_data["name"])
        except Refused as refused:
            form.add_error("name", refused.refusal.message)
        else:
            messages.success(request, "The team is added. Give people their roles in it on their pages.")
            return redirect("accounts:teams")
    return render(request, "accounts/team_add.html", {"form": form})


@roles(Role.ADMINISTRATOR, fresh=True)
@require_POST
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Close one that nobody is in."""
    row = get_object_or_404(selectors.teams_visible_to(actor_of(request)), code=code)
    refusal = policies.may_close_team(actor_of(request), row)
    if refusal is not None:
        messages.warning(request, refusal.message)
    else:
        services.close_team(actor=actor_of(request), team_id=row.pk)
        messages.success(request, "The team is closed.")
    return redirect("accounts:teams")
