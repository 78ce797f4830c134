"""Opening confidential records for a while, ending that, and reviewing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation import access
from foundation.access import Refused
from foundation.audit import selectors as trail
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from missingcases.breakglass import deadlines, lengths, policies, selectors, services
from missingcases.breakglass.enums import OpeningStatus
from missingcases.breakglass.forms import LengthForm, OpenForm, ReviewForm
from missingcases.breakglass.models import Opening, OpeningLength
from missingcases.breakglass.states import OPENERS, OPENING, REVIEWERS, SETTERS
from missingcases.forms.base import body_of
from missingcases.models import Note
from missingcases.views.common import go, show, visible
from missingcases.views.verbs import posted

read_or_write = require_http_methods(["GET", "POST"])


@access.roles(OPENERS | REVIEWERS)
@require_GET
def openings(request: HttpRequest) -> HttpResponse:
    """What was opened, by whom, and whether that was looked at."""
    actor = actor_of(request)
    found, now = selectors.listed(actor), timezone.now()
    context = {
        "openings": [_line(row, now) for row in found[: selectors.SHOWN]],
        "is_more": len(found) > selectors.SHOWN,
        "most": selectors.SHOWN,
        "may_open": policies.may_open(actor) is None,
    }
    return render(request, "breakglass/list.html", context)


def _line(row: Opening, now: Any) -> dict[str, Any]:
    over = not row.is_live(now)
    return {
        "opening": row,
        "is_live": not over,
        "is_late": over and row.status != OpeningStatus.REVIEWED and row.review_due_at < now,
        "about": _about(row),
    }


def _about(row: Opening) -> str:
    if row.incident is not None:
        return f"Incident {row.incident.reference}"
    return f"Person {row.person.reference}" if row.person is not None else ""


@access.roles(OPENERS, fresh=True)
@read_or_write
def open_records(request: HttpRequest) -> HttpResponse:
    """Open what is closed to the actor; the data-protection role reads of it at once."""
    actor = actor_of(request)
    length = lengths.length_of(body_of(actor))
    form = OpenForm(
        **posted(request),
        cancel_href=reverse("breakglass:list"),
        lengths=lengths.offered(body_of(actor)),
        usual=length.usual_minutes,
    )

    def run(answers: dict[str, Any]) -> Opening:
        return services.open_records(
            actor=actor,
            reference=answers["reference"],
            reason=answers["reason"],
            minutes=answers["minutes"],
        )

    if request.method == "POST" and not isinstance(done := attempt(form, run), Failed):
        return go(
            request,
            reverse("breakglass:opening", args=[done.reference]),
            said="The records stand open. The data protection officer has been told.",
        )
    context = {"form": form, "refusal": policies.may_open(actor), "review_days": deadlines.REVIEW_WITHIN.days}
    return show(request, "breakglass/open.html", context)


@access.roles(SETTERS, fresh=True)
@read_or_write
def length(request: HttpRequest) -> HttpResponse:
    """How long records stay open at this organisation."""
    actor, back = actor_of(request), reverse("data_protection")
    row = lengths.length_of(body_of(actor))
    initial = {name: getattr(row, name) for name in ("version", "usual_minutes", "most_minutes")}
    form = LengthForm(**posted(request), initial=initial, cancel_href=back)

    def run(answers: dict[str, Any]) -> OpeningLength:
        return lengths.set_length(actor=actor, **answers)

    refusal = policies.may_set_length(actor)
    if refusal is None and request.method == "POST" and not isinstance(attempt(form, run), Failed):
        return go(request, back, said="Set. What stands open now keeps its time.")
    return show(request, "breakglass/length.html", {"form": form, "refusal": refusal, "back": back})


@access.roles(OPENERS | REVIEWERS)
@require_GET
def opening(request: HttpRequest, reference: str) -> HttpResponse:
    """One opening: why, until when, what was read by it, and what the review found."""
    actor, now = actor_of(request), timezone.now()
    row = visible(lambda: selectors.opening_named(actor, reference))
    notes = selectors.narrowed_notes(row, now) if actor.user_id == row.opened_by_id else []
    for incident_id in sorted({note.incident_id for note in notes}):
        ids = [note.pk for note in notes if note.incident_id == incident_id]
        services.note_readings(
            actor=actor, target=Note, target_ids=ids, incident_id=incident_id, person_id=row.person_id
        )
    readings = selectors.readings_under(row)
    context = {
        "row": _line(row, now),
        **_line(row, now),
        "notes": notes,
        "is_opener": actor.user_id == row.opened_by_id,
        "readings": [_reading(one) for one in readings[: selectors.SHOWN]],
        "end_refusal": OPENING.may(row, OpeningStatus.ENDED, actor),
        "review_refusal": OPENING.may(row, OpeningStatus.REVIEWED, actor),
        "may_review": policies.may_review(actor) is None,
    }
    return render(request, "breakglass/opening.html", context)


def _reading(entry: Any) -> dict[str, Any]:
    kinds = ", ".join(trail.kind_in_words(label) for label in entry.fields)
    return {"at": entry.recorded_at, "kind": kinds.capitalize(), "count": len(entry.target_ids)}


@access.roles(OPENERS | REVIEWERS)
@require_POST
def end(request: HttpRequest, reference: str) -> HttpResponse:
    """Close the records before their time."""
    actor = actor_of(request)
    row = visible(lambda: selectors.opening_named(actor, reference))
    there = reverse("breakglass:opening", args=[row.reference])
    try:
        services.end_opening(actor=actor, opening_id=row.pk)
    except Refused as problem:
        messages.warning(request, problem.refusal.message)
        return redirect(there)
    return go(request, there, said="The records are closed again.")


@access.roles(REVIEWERS)
@read_or_write
def review(request: HttpRequest, reference: str) -> HttpResponse:
    """Say whether it was justified."""
    actor = actor_of(request)
    row = visible(lambda: selectors.opening_named(actor, reference))
    there = reverse("breakglass:opening", args=[row.reference])
    form = ReviewForm(**posted(request), cancel_href=there)

    def run(answers: dict[str, Any]) -> Opening:
        return services.review_opening(
            actor=actor, opening_id=row.pk, finding=answers["finding"], words=answers["words"]
        )

    if request.method == "POST" and not isinstance(attempt(form, run), Failed):
        return go(request, there, said="The review is kept.")
    refusal = OPENING.may(row, OpeningStatus.REVIEWED, actor)
    return show(request, "breakglass/review.html", {"opening": row, "form": form, "refusal": refusal})
