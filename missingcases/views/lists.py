"""The list of incidents, and the sheet to print before an outage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET, require_http_methods

from foundation import access
from foundation.accounts.enums import RECORD_READERS
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.requests import actor_of
from missingcases import policies, schemes, selectors
from missingcases.forms.filters import IncidentFilterForm
from missingcases.imports.policies import IMPORTERS
from missingcases.links.states import LINKERS
from missingcases.merging.policies import MERGERS
from missingcases.models import Incident
from missingcases.search import selectors as saved
from missingcases.selectors import Cursor, Filters
from missingcases.views import listed, looked_for

# A sheet longer than this is not read at an outage; it says that it was cut.
SHEET = 500


@access.roles(RECORD_READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def incident_list(request: HttpRequest) -> HttpResponse:
    """Incidents the reader sees, newest first. The read is audited as one entry with the ids."""
    actor = actor_of(request)
    return listing(
        request,
        IncidentFilterForm,
        "incidents",
        "missingcases/list.html",
        report_refusal=policies.may_report(actor),
        import_href=reverse("imports:list") if actor.holds(IMPORTERS) else "",
        duplicates_href=reverse("people:duplicates") if actor.holds(MERGERS) else "",
        links_href=reverse("links:list") if actor.holds(LINKERS) else "",
    )


def listing(
    request: HttpRequest, form_class: type[IncidentFilterForm], name: str, template: str, **more: Any
) -> HttpResponse:
    """A list of incidents under the questions of `form_class`; `name` is what its views are kept under.

    The filters are posted: what somebody looked for stays in their session, so that no name comes to
    stand in an address. Opened plainly, the reader's own default view is shown, if they have one.
    """
    if request.method == "POST":
        return redirect(f"{request.path}?{looked_for.keep(request.session, request.POST).urlencode()}")
    actor = actor_of(request)
    views = saved.views_for(actor, name)
    default = next((view for view in views if view.is_default and view.owner_id == actor.user_id), None)
    if default is not None and not request.GET:
        return redirect(f"{request.path}?{looked_for.address_of(request.session, default.opened())}")
    form = form_class(looked_for.given(request.session, request.GET), actor=actor)
    chosen = form.cleaned_data if form.is_valid() else {}
    filters = form.filters(chosen)
    shows = form.is_valid() and (form.lists_all or any(chosen.values()))
    page = _page(request, actor, filters) if shows else selectors.Page([], None, None)
    context = {
        "rows": rows_of(page.incidents, show_owner="owner" in form.fields),
        "older": page.older,
        "newer": page.newer,
        "count": selectors.capped_count(actor, filters) if shows else "",
        "filter_form": form,
        "chosen": _chosen(request, form, chosen),
        "clear_href": f"{request.path}?view=none" if default is not None else request.path,
        "is_narrowed": bool(chosen) and any(chosen.values()),
        "shows": shows,
        "views": views,
        "page_name": name,
        "answers": request.GET.urlencode(),
        **more,
    }
    return render(request, template, context)


def _page(request: HttpRequest, actor: Actor, filters: Filters) -> selectors.Page:
    return selectors.list_page(
        actor,
        filters,
        older_than=Cursor.read(request.GET.get("after", "")),
        newer_than=Cursor.read(request.GET.get("before", "")),
    )


def rows_of(incidents: Sequence[Incident], *, show_owner: bool) -> list[SafeString]:
    """Each as a row of the table, with the review that is due next."""
    due = selectors.next_due(incidents) if incidents else {}
    beside = reverse("missingcases:incident_list")
    return [listed.row(one, due.get(one.pk), show_owner=show_owner, beside=beside) for one in incidents]


def _chosen(request: HttpRequest, form: IncidentFilterForm, chosen: dict[str, Any]) -> list[dict[str, str]]:
    shown = []
    for name, value in chosen.items():
        if value in ("", None, False):
            continue
        left = looked_for.without(request.session, request.GET, name)
        field: Any = form.fields[name]
        words = dict(getattr(field, "choices", ())).get(value, value) if isinstance(value, str) else value
        label = field.label if value is True else words
        shown.append({"group": str(field.label), "label": str(label), "href": f"?{left.urlencode()}"})
    return shown


@access.roles(RECORD_READERS)
@require_GET
def sheet(request: HttpRequest) -> HttpResponse:
    """Every open incident on paper, the highest risk first, for when the system is down."""
    actor = actor_of(request)
    rows = list(
        selectors.narrowed(actor, Filters(open_only=True))
        .select_related("person", "owner", "owner_unit", "owner_officer")
        .order_by("reported_at", "pk")[: SHEET + 1]
    )
    shown = sorted(rows[:SHEET], key=selectors.urgency)
    audit.record(
        actor=actor, action="incident.sheet_printed", target=Incident, target_ids=[row.pk for row in shown]
    )
    details = selectors.sheet_details(actor, shown)
    context = {
        "rows": [_sheet_row(incident, details[incident.pk]) for incident in shown],
        "printed_at": timezone.now(),
        "was_cut": len(rows) > SHEET,
        "limit": SHEET,
    }
    return render(request, "missingcases/sheet.html", context)


def _sheet_row(incident: Incident, details: Any) -> dict[str, Any]:
    return {
        "incident": incident,
        "name": incident.person.full_name,
        "status": schemes.status_label(incident.scheme, incident.status),
        "risk": schemes.risk_label(incident.scheme, incident.risk_level),
        "details": details,
    }
