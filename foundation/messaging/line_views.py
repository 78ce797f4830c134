"""Pages about the lines that broadcasts leave by."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from foundation import access
from foundation.access import require
from foundation.accounts.enums import OPERATORS
from foundation.messaging.forms import LineForm
from foundation.messaging.models import Line
from foundation.messaging.policies import may_switch
from foundation.messaging.services import line_settings
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt

_SHOWN = ("name", "channel", "sender", "per_second", "kept_back", "is_on")


@access.roles(OPERATORS)
@require_GET
def lines(request: HttpRequest) -> HttpResponse:
    """By what ways alerts leave, how fast, and which of them rests."""
    require(may_switch(actor_of(request)))
    rows = Line.objects.order_by("channel", "name")
    return render(request, "messaging/lines.html", {"tab": "lines", "rows": rows, "now": timezone.now()})


@access.roles(OPERATORS, fresh=True)
@require_http_methods(["GET", "POST"])
def line_save(request: HttpRequest, line_id: int | None = None) -> HttpResponse:
    """Add a line, or change one; its name stays."""
    actor = actor_of(request)
    require(may_switch(actor))
    row = None if line_id is None else get_object_or_404(Line, pk=line_id)
    shown = {name: getattr(row, name) for name in _SHOWN} if row else {"is_on": True, "kept_back": 0}
    form = LineForm(request.POST or None, initial=shown)
    if row is not None:
        form.fields["name"].disabled = True
    if request.method == "POST":
        done = attempt(form, lambda answers: line_settings.save_line(actor=actor, **answers))
        if not isinstance(done, Failed):
            messages.success(request, "Saved. Alerts that are going out use it at once.")
            return redirect("messaging:lines")
    heading = f"Line {row.name}" if row else "Add a line"
    return render(request, "messaging/line.html", {"tab": "lines", "form": form, "heading": heading})
