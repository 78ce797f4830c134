"""The organisations that take part, and adding one, for administrators."""

from __future__ import annotations

from django.apps import apps
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from foundation.access import Refused, roles
from foundation.accounts import policies, selectors, services
from foundation.accounts.enums import Role
from foundation.accounts.forms import OrganisationForm
from foundation.requests import actor_of


@roles(Role.ADMINISTRATOR)
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """The organisations one may know of; the platform's administrators see all."""
    actor = actor_of(request)
    rows = selectors.with_administrators(selectors.organisations_visible_to(actor))
    page = {
        "rows": [(row, policies.may_bring_first_administrator(actor, row)) for row in rows],
        "may_add": policies.is_platform_administrator(actor),
    }
    return render(request, "accounts/organisations.html", page)


@roles(Role.ADMINISTRATOR, fresh=True)
def add(request: HttpRequest) -> HttpResponse:
    """Let another body take part."""
    if not policies.is_platform_administrator(actor_of(request)):
        raise Http404
    form = OrganisationForm(request.POST or None, cancel_href=reverse("accounts:organisations"))
    if request.method == "POST" and form.is_valid() and _add(request, form):
        messages.success(request, "The organisation is added. Invite its first administrator now.")
        return redirect("accounts:organisations")
    return render(request, "accounts/organisation_add.html", {"form": form})


def _add(request: HttpRequest, form: OrganisationForm) -> bool:
    """Add it; what stands against it is written on the form."""
    code = form.cleaned_data["area"]
    area = apps.get_model("places", "Area").objects.filter(code=code).first() if code else None
    if code and area is None:
        form.add_error("area", "There is no area of this code.")
        return False
    try:
        services.add_organisation(
            actor=actor_of(request),
            kind=form.cleaned_data["kind"],
            name=form.cleaned_data["name"],
            area_id=area.pk if area else None,
        )
    except Refused as refused:
        form.add_error("name", refused.refusal.message)
        return False
    return True
