"""The tree of areas on a day, and loading official lists."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from foundation.access import require, roles
from foundation.accounts.enums import Role
from foundation.places import policies, selectors, services
from foundation.places.forms import DayForm, UploadForm
from foundation.places.lists import NotAList
from foundation.places.models import Area
from foundation.requests import actor_of

SHOWN_ERRORS = 200


def _day(request: HttpRequest) -> date:
    form = DayForm(request.GET)
    chosen: date | None = form.cleaned_data.get("on") if form.is_valid() else None
    return chosen or timezone.localdate()


@roles(Role.ADMINISTRATOR)
@require_safe
def tree(request: HttpRequest) -> HttpResponse:
    """The top of the tree on a day."""
    day = _day(request)
    page = {
        "day": day,
        "areas": selectors.roots(on=day),
        "load_refusal": policies.may_load_areas(actor_of(request)),
    }
    return render(request, "places/tree.html", page)


@roles(Role.ADMINISTRATOR)
@require_safe
def area(request: HttpRequest, code: str) -> HttpResponse:
    """One area on a day: what it lies within and what lies within it."""
    day, shown = _day(request), get_object_or_404(Area, code=code)
    page = {
        "day": day,
        "area": shown,
        "parents": selectors.parents(shown.pk, on=day),
        "areas": selectors.children(shown.pk, on=day).order_by("kind", "name"),
    }
    return render(request, "places/area.html", page)


@roles(Role.ADMINISTRATOR, fresh=True)
def upload(request: HttpRequest) -> HttpResponse:
    """Check or load an official list, and show what it did line by line."""
    require(policies.may_load_areas(actor_of(request)))
    form = UploadForm(request.POST or None, request.FILES or None, cancel_href=reverse("places:tree"))
    page: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        dry_run = form.cleaned_data["what"] == "check"
        try:
            report = services.load_areas(
                actor=actor_of(request), content=form.cleaned_data["file"].read(), dry_run=dry_run
            )
        except NotAList as error:
            form.add_error("file", str(error))
        else:
            page |= {"report": report, "dry_run": dry_run, "errors": report.errors[:SHOWN_ERRORS]}
    return render(request, "places/upload.html", page)
