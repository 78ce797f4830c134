"""Everything that happened, as far as this reader may know it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET

from foundation import access, contributions
from missingcases import selectors
from missingcases.forms.filters import TIMELINE_KINDS, TimelineFilterForm
from missingcases.models import TimelineEntry
from missingcases.views.frame import Case, case_for, framed
from missingcases.views.readers import READERS

PAGE = 50
Entry = dict[str, Any]


@access.roles(READERS)
@require_GET
def timeline(request: HttpRequest, reference: str) -> HttpResponse:
    """The timeline, filterable by what it is about."""
    case = case_for(request, reference, record=False)
    known = dict(TIMELINE_KINDS)
    kinds = [kind for kind in request.GET.getlist("about") if kind in known]
    entries = entries_of(case, limit=PAGE + 1, after=request.GET.get("after", ""), kinds=kinds)
    context = framed(
        case,
        "timeline",
        "Timeline",
        filter_form=TimelineFilterForm(initial={"about": kinds}),
        entries=entries[:PAGE],
        older=entries[PAGE - 1]["cursor"] if len(entries) > PAGE else None,
        is_later_page="after" in request.GET,
        chosen=[{"group": "About", "label": known[kind], "href": _without(kinds, kind)} for kind in kinds],
    )
    return render(request, "missingcases/timeline.html", context)


def _without(kinds: list[str], one: str) -> str:
    return "?" + "&".join(f"about={kind}" for kind in kinds if kind != one)


def entries_of(case: Case, *, limit: int, after: str = "", kinds: list[str] | None = None) -> list[Entry]:
    """Entries of the incident and of the services, newest first, as the timeline component takes them.

    `after` is the cursor of the last entry of the page before; `kinds` are beginnings of kinds.
    """
    until = parse_datetime(after.partition("~")[0]) if after else None
    shown = sorted(
        [*_own(case, limit, until, kinds or []), *_services(case, kinds or [])],
        key=lambda entry: entry["cursor"],
        reverse=True,
    )
    if after:
        shown = [entry for entry in shown if entry["cursor"] < after]
    return shown[:limit]


def _own(case: Case, limit: int, until: datetime | None, kinds: list[str]) -> list[Entry]:
    rows = selectors.timeline_for(case.actor, case.incident, kinds=tuple(kinds))
    if until is not None:
        rows = rows.filter(at__lte=until)
    # A few more than asked: entries of the very moment of the cursor are dropped by the caller.
    return [_entry(case, row) for row in rows[: limit + 20]]


def _services(case: Case, kinds: list[str]) -> list[Entry]:
    return [
        {
            "title": item.words,
            "at": item.at,
            "body": item.detail,
            "href": item.url,
            "cursor": f"{item.at.isoformat()}~s{number:09}",
        }
        for number, item in enumerate(contributions.timeline_for(case.actor, case.incident.pk))
        if not kinds or any(item.kind.startswith(kind) for kind in kinds)
    ]


def _entry(case: Case, row: TimelineEntry) -> Entry:
    who = row.user.full_name if row.user else ""
    if row.organisation is not None and row.organisation_id != case.actor.organisation_id:
        # Another body's people are known by their body.
        who = row.organisation.name
    return {"title": row.summary, "at": row.at, "by": who, "cursor": f"{row.at.isoformat()}~i{row.pk:012}"}
