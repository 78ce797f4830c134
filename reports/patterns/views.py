"""Patterns, for a force's coordinators: what records share, and the way to the records."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from foundation import access
from foundation.access import Refused
from foundation.accounts.enums import Role
from foundation.audit import services as audit
from foundation.clock import in_london
from foundation.exceptions import NotVisible
from foundation.requests import actor_of
from foundation.tables import Cell, Table
from missingcases.models import Incident
from reports import asking, periods
from reports.patterns.drawing import drawn, graph_of
from reports.patterns.forms import NarrowForm
from reports.patterns.selectors import Patterns, patterns

TITLE = "Patterns"
READERS = frozenset({Role.POLICE_COORDINATOR})
# A year of one force: what is older makes no pattern that anybody acts on.
LONGEST_DAYS = 366
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PARTS = tuple(f"{hour:02}:00 to {hour + 4:02}:00" for hour in range(0, 24, 4))


@access.roles(READERS)
@never_cache
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Places, hours and links of one's own force's incidents; every look is recorded."""
    actor = actor_of(request)
    today = in_london(timezone.now()).date()
    offered = [
        (code, words)
        for code, words in asking.offered_periods(today)
        if periods.parse(code).days <= LONGEST_DAYS
    ]
    form = NarrowForm(request.GET or None, periods=offered, areas=asking.areas(on=today))
    answers = form.cleaned_data if form.is_valid() else {}
    period = asking.period_for(answers.get("period") or offered[0][0], today=today)
    try:
        scope = asking.scope_for(actor, area=answers.get("area", ""))
    except (NotVisible, Refused):
        raise Http404 from None
    found = patterns(actor, period, asking.area_ids(scope, on=today))
    audit.record(
        actor=actor,
        action="patterns.searched",
        target=Incident,
        target_ids=found.ids,
        fields=["last_seen_place", "network", "care_placement_address", "phones"],
    )
    context = {
        "heading": TITLE,
        "form": form,
        "period": period,
        "found": found,
        "graph": drawn(graph_of(found.shared)),
        "hours": _hours(found),
        "areas": _areas(found),
        "found_at": _found_at(found),
    }
    return render(request, "patterns/overview.html", context)


def _hours(found: Patterns) -> Table:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (part, *(found.hours.get((day, at), 0) for day in range(1, 8))) for at, part in enumerate(_PARTS)
    )
    note = "When somebody was last seen, or reported where that is not known. London time."
    return Table("hours", "Weekdays and hours", ("Hours", *_DAYS), rows, note=note)


def _areas(found: Patterns) -> Table:
    rows = tuple((name or "Not recorded", count, people, cared) for name, count, people, cared in found.areas)
    return Table(
        "areas",
        "Where people were last seen, by area",
        ("Area", "Incidents", "People", "Incidents of looked-after children"),
        rows,
        empty="No incident in this time.",
    )


def _found_at(found: Patterns) -> Table:
    rows = tuple((kind, area or "Not recorded", count, people) for kind, area, count, people in found.found)
    return Table(
        "found_at",
        "Where people were found",
        ("Kind of place", "Area", "Incidents", "People"),
        rows,
        empty="Nowhere more than once.",
    )
