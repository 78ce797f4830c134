"""The directory: the list, one partner, adding and changing one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from foundation.accounts.enums import OrganisationKind
from foundation.accounts.models import Organisation
from foundation.clock import in_london
from foundation.places.models import Area
from foundation.places.selectors import called
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from partners import openings, policies, selectors, services
from partners.enums import Takes
from partners.forms.directory import AddProfileForm, NarrowForm, ProfileForm, details_of, shown
from partners.models import Profile
from partners.views.common import directory_keepers, directory_readers, profile_of


@directory_readers
@require_GET
def directory(request: HttpRequest) -> HttpResponse:
    """Who takes what, where."""
    actor = actor_of(request)
    takes = request.GET.get("takes", "")
    takes = takes if takes in Takes.values else ""
    words = request.GET.get("area", "").strip()
    area = _area(words)
    rows = selectors.directory_visible_to(actor)
    found = selectors.narrowed(rows, takes=takes, area_id=area.pk if area else None)
    context = dict[str, Any](
        rows=[(row, selectors.is_open_at(row, timezone.now()), _takes(row)) for row in found],
        filter_form=NarrowForm(initial={"takes": takes, "area": words}),
        is_narrowed=bool(takes or words),
        unknown_area=words if words and area is None else "",
        area=area,
        edit_refusal=policies.may_edit_directory(actor),
    )
    return render(request, "partners/directory.html", context)


def _area(words: str) -> Area | None:
    found = called(words, on=in_london(timezone.now()).date()) if words else []
    return found[0] if found else None


def _takes(row: Profile) -> list[str]:
    return [str(Takes(one).label) for one in row.takes]


@directory_readers
@require_GET
def partner(request: HttpRequest, reference: str) -> HttpResponse:
    """One partner: what it takes, when it is there, how it is reached, whether an agreement covers it."""
    actor, profile = actor_of(request), profile_of(request, reference)
    times = [(row.weekday, row.opens, row.closes) for row in profile.opening_times.all()]
    context = dict[str, Any](
        profile=profile,
        takes=_takes(profile),
        areas=", ".join(area.name for area in profile.areas.all()),
        opening=openings.write(times),
        is_open=selectors.is_open_at(profile, timezone.now()),
        agreement=selectors.agreement_with(actor.organisation_id or 0, profile),
        edit_refusal=policies.may_edit_directory(actor),
    )
    return render(request, "partners/partner.html", context)


@directory_keepers
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Put a partner organisation into the directory."""
    actor = actor_of(request)
    listed = Profile.objects.values("organisation_id")
    left = Organisation.objects.filter(kind=OrganisationKind.PARTNER, is_active=True).exclude(pk__in=listed)
    form = AddProfileForm(
        request.POST or None,
        organisations=left,
        initial={**shown(Profile()), "version": 0},
        cancel_href=reverse("partners:directory"),
    )
    refusal = policies.may_edit_directory(actor)
    if request.method == "POST" and refusal is None:
        done = attempt(form, lambda data: _add(request, data))
        if not isinstance(done, Failed):
            messages.success(request, "The partner is in the directory.")
            return redirect("partners:partner", done.reference)
    context = dict[str, Any](form=form, refusal=refusal, title="Add a partner")
    return render(request, "partners/edit.html", context)


def _add(request: HttpRequest, data: dict[str, Any]) -> Profile:
    return services.add_profile(
        actor=actor_of(request), organisation_id=data["organisation"].pk, details=details_of(data)
    )


@directory_keepers
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    """Change what the directory says of a partner."""
    actor, profile = actor_of(request), profile_of(request, reference)
    form = ProfileForm(
        request.POST or None,
        initial=shown(profile),
        cancel_href=reverse("partners:partner", args=[reference]),
    )
    refusal = policies.may_edit_directory(actor)
    if request.method == "POST" and refusal is None:
        done = attempt(
            form,
            lambda data: services.edit_profile(
                actor=actor, profile_id=profile.pk, version=data["version"], details=details_of(data)
            ),
        )
        if not isinstance(done, Failed):
            messages.success(request, "Saved.")
            return redirect("partners:partner", reference)
    title = f"Change {profile.organisation.name}"
    context = dict[str, Any](form=form, refusal=refusal, title=title, profile=profile)
    return render(request, "partners/edit.html", context)
