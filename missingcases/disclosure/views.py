"""Who has seen or been told what, and the disclosure log."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from foundation import access
from foundation.audit import selectors as trail
from foundation.audit import services as audit
from foundation.clock import london_to_utc
from foundation.exceptions import NotVisible
from foundation.requests import actor_of
from missingcases.disclosure import files, policies, selectors
from missingcases.disclosure.forms import AboutForm, LogForm
from missingcases.models import Incident, MissingPerson, Release
from missingcases.views.common import show, visible
from missingcases.views.verbs import posted

read_or_write = require_http_methods(["GET", "POST"])


@access.roles(policies.ASKERS)
@read_or_write
def find(request: HttpRequest) -> HttpResponse:
    """Ask about an incident or a person of one's own organisation, by reference."""
    actor = actor_of(request)
    form = AboutForm(**posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            found = selectors.subject_named(actor, form.cleaned_data["reference"])
        except NotVisible:
            form.add_error("reference", "Your organisation holds nothing under this reference. Check it.")
        else:
            return redirect("disclosure:about", found.reference)
    return show(
        request, "disclosure/find.html", {"form": form, "may_export": policies.may_export_log(actor) is None}
    )


@access.roles(policies.ASKERS)
@require_GET
def about(request: HttpRequest, reference: str) -> HttpResponse:
    """Readings, releases and openings of one incident, or of all of one person."""
    actor = actor_of(request)
    subject = visible(lambda: selectors.subject_named(actor, reference))
    raw = request.GET.get("after", "")
    before = int(raw) if raw.isdigit() and len(raw) < 19 else None
    found = selectors.readings(actor, subject, before=before)
    entries = found[: selectors.PAGE]
    model = MissingPerson if subject.is_person else Incident
    audit.record(
        actor=actor,
        action="disclosure.looked_at",
        target=model,
        target_ids=subject.person_ids or subject.incident_ids,
    )
    releases = selectors.told(list(selectors.releases_of(actor, subject)[: selectors.RELEASES]))
    context = {
        "subject": subject,
        "entries": [
            {**said, "what": selectors.in_words(row.action)}
            for row, said in zip(entries, trail.in_words(entries), strict=True)
        ],
        "older": entries[-1].pk if len(found) > selectors.PAGE else None,
        "is_first": before is None,
        "releases": releases,
        "is_cut": len(releases) == selectors.RELEASES,
        "most": selectors.RELEASES,
        "openings": list(selectors.openings_of(actor, subject)[: selectors.RELEASES]),
    }
    return render(request, "disclosure/about.html", context)


@access.roles(policies.LOGGERS)
@read_or_write
def log(request: HttpRequest) -> HttpResponseBase:
    """What the organisation shared in a time, as a file."""
    actor = actor_of(request)
    form = LogForm(**posted(request), cancel_href=reverse("disclosure:find"))
    if request.method != "POST" or not form.is_valid():
        return show(request, "disclosure/log.html", {"form": form})
    since, until = form.cleaned_data["since"], form.cleaned_data["until"]
    rows = selectors.logged(actor, _midnight(since), _midnight(until + timedelta(days=1)))
    audit.record(actor=actor, action="disclosure.log_exported", target=Release)
    name = f"disclosures-{since:%Y-%m-%d}-to-{until:%Y-%m-%d}.csv"
    return StreamingHttpResponse(
        files.lines(rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _midnight(day: date) -> datetime:
    return london_to_utc(day, time())
