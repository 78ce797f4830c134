"""Pages for the auditor: the newest entries, one record's, one person's, reads outside own work."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods

from foundation import access
from foundation.accounts.enums import Role
from foundation.accounts.models import User
from foundation.audit import seals, selectors, services
from foundation.audit.forms import PersonForm, RecordForm
from foundation.audit.models import AuditEvent
from foundation.requests import actor_of

auditor = access.roles(Role.AUDITOR)


def _cursor(request: HttpRequest) -> int | None:
    raw = request.GET.get("after", "")
    return int(raw) if raw.isdigit() and len(raw) < 19 else None


def _show(
    request: HttpRequest, found: list[AuditEvent], *, heading: str, tab: str, **more: Any
) -> HttpResponse:
    entries, is_more = found[: selectors.PAGE], len(found) > selectors.PAGE
    context = {
        "heading": heading,
        "tab": tab,
        "entries": selectors.in_words(entries),
        "older": entries[-1].pk if is_more else None,
        "entries_shown": len(entries),
        **more,
    }
    services.record(
        actor=actor_of(request),
        action="audit.read",
        target=AuditEvent,
        target_ids=[row.pk for row in entries],
    )
    return render(request, "audit/entries.html", context)


@auditor
@require_GET
def newest(request: HttpRequest) -> HttpResponse:
    """Everything the auditor may see, newest first."""
    found = selectors.page(selectors.visible_to(actor_of(request)), before=_cursor(request))
    return _show(request, found, heading="Audit trail", tab="newest")


@auditor
@require_GET
def outside_own_work(request: HttpRequest) -> HttpResponse:
    """Reads of records that were not the reader's own work."""
    rows = selectors.visible_to(actor_of(request)).filter(outside_own_work=True)
    found = selectors.page(rows, before=_cursor(request))
    return _show(request, found, heading="Reads outside a person's own work", tab="outside")


@auditor
@require_GET
def of_record(request: HttpRequest) -> HttpResponse:
    """The trail of one record, asked for by its kind and reference."""
    form = RecordForm(request.GET or None)
    found: list[AuditEvent] = []
    if form.is_bound and form.is_valid():
        found = selectors.of_record(actor_of(request), before=_cursor(request), **form.cleaned_data)
    return _show(request, found, heading="Trail of a record", tab="record", form=form, asked=form.is_bound)


@auditor
@require_GET
def of_user(request: HttpRequest, user_id: int) -> HttpResponse:
    """What one person did and read."""
    rows = selectors.visible_to(actor_of(request)).filter(user_id=user_id)
    known = User.objects.all() if rows.exists() else selectors.colleagues(actor_of(request))
    person = get_object_or_404(known, pk=user_id)
    found = selectors.page(rows, before=_cursor(request))
    return _show(request, found, heading="Trail of a person", tab="people", person=person)


@auditor
@require_http_methods(["GET", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Find somebody of the auditor's own organisation; posted, so that no name stands in an address."""
    form = PersonForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "tab": "people", "asked": False}
    if request.method == "POST" and form.is_valid():
        found = selectors.find_colleagues(actor_of(request), form.cleaned_data["words"])
        shown = found[: selectors.PAGE]
        services.record(
            actor=actor_of(request),
            action="audit.people_found",
            target=User,
            target_ids=[row.pk for row in shown],
        )
        context |= {"asked": True, "people": shown, "is_more": len(found) > selectors.PAGE}
    return render(request, "audit/people.html", context)


@auditor
@require_GET
def heads(request: HttpRequest) -> HttpResponse:
    """The heads of all seals as a file, for the other partner to keep."""
    services.record(actor=actor_of(request), action="audit.heads_exported", target=AuditEvent)
    lines = "".join(json.dumps(head) + "\n" for head in seals.heads())
    return HttpResponse(
        lines,
        content_type="application/jsonl",
        headers={"Content-Disposition": 'attachment; filename="audit-heads.jsonl"'},
    )
