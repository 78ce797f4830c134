"""The staff page "Owed": what has not been done yet about something that happened."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from foundation import access
from foundation.accounts.enums import Role
from foundation.events import selectors, services
from foundation.requests import actor_of

administrator = access.roles(Role.ADMINISTRATOR)


@administrator
@require_GET
def owed(request: HttpRequest) -> HttpResponse:
    """What is owed and failing, late or waiting for a person."""
    rows = selectors.needing_attention(actor_of(request))
    return render(request, "events/owed.html", {"rows": rows, "limit": services.ATTEMPTS_BEFORE_STUCK})


@administrator
@require_POST
def try_again(request: HttpRequest, owed_id: int) -> HttpResponse:
    """Have a delivery tried again now."""
    row = get_object_or_404(selectors.visible_to(actor_of(request)), pk=owed_id)
    try:
        services.try_again(owed_id=row.pk, actor=actor_of(request))
    except access.Refused as refused:
        messages.info(request, refused.refusal.message)
    else:
        messages.success(request, "It is being tried again. It leaves this list once it is done.")
    return redirect("events:owed")
