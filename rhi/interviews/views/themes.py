"""The list of themes by which figures are made: one list for everybody, kept by duty managers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from foundation import access
from foundation.access import Refused
from foundation.accounts.enums import Role
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from missingcases.views.common import go, show, visible
from missingcases.views.verbs import posted
from rhi.interviews import services
from rhi.interviews.form import SECTIONS
from rhi.interviews.forms import ThemeForm
from rhi.interviews.models import Theme
from rhi.interviews.views.common import read_or_write


@access.roles(Role.CHARITY_MANAGER)
@read_or_write
def themes(request: HttpRequest) -> HttpResponse:
    """Every theme with its dates, and one more."""
    form = ThemeForm(**posted(request))

    def run(answers: dict[str, Any]) -> Theme:
        return services.add_theme(actor=actor_of(request), **answers)

    if request.method == "POST" and not isinstance(attempt(form, run), Failed):
        return go(request, reverse("interviews:themes"), said="The theme is added.")
    rows: dict[str, list[Theme]] = {}
    for theme in Theme.objects.all():
        rows.setdefault(theme.section, []).append(theme)
    tables = [(section, rows.get(section.key, [])) for section in SECTIONS if section.coded]
    return show(request, "interviews/themes.html", {"form": form, "tables": tables})


@access.roles(Role.CHARITY_MANAGER)
@require_POST
def retire(request: HttpRequest, code: str) -> HttpResponse:
    """Offer it no more."""
    try:
        visible(lambda: services.retire_theme(actor=actor_of(request), code=code))
    except Refused as problem:
        messages.warning(request, problem.refusal.message)
        return redirect("interviews:themes")
    return go(request, reverse("interviews:themes"), said="Retired. What was coded with it keeps it.")
