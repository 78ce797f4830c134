"""A person's record: their incidents, records that may be theirs too, merging and undoing."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from foundation import access
from foundation.accounts.enums import POLICE
from foundation.actors import Actor
from foundation.exceptions import NotVisible
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from missingcases import schemes
from missingcases.merging import policies, selectors, services, sides
from missingcases.merging.forms import MergeForm, OtherRecordForm, UndoForm
from missingcases.merging.models import PersonMerge
from missingcases.models import Incident, MissingPerson
from missingcases.selectors import incident_for
from missingcases.views.common import go, show, visible
from missingcases.views.verbs import posted

ask = require_http_methods(["GET", "POST"])


def _at(person: MissingPerson) -> str:
    return reverse("people:person", args=[person.reference])


@access.roles(POLICE)
@ask
def person(request: HttpRequest, reference: str) -> HttpResponse:
    """The person, their incidents and what may be other records of them. A merged reference leads on."""
    actor = actor_of(request)
    found = visible(lambda: selectors.person_opened(actor, reference))
    if found.reference != reference:
        return redirect(_at(found))
    form = OtherRecordForm(**posted(request))
    if request.method == "POST":
        other = attempt(form, lambda answers: _other(actor, form, answers["other"]))
        if isinstance(other, MissingPerson):
            return go(request, reverse("people:compare", args=[found.reference, other.reference]))
    context = {
        "person": found,
        "facts": [
            {"key": key, "value": value or "Not known"}
            for key, value in sides.facts(actor, found)
            if key != "Incidents"  # they have a table of their own
        ],
        "incidents": [_incident(row) for row in selectors.incidents_of(actor, found)[: selectors.SHOWN]],
        "likely": selectors.likely_duplicates(actor, found),
        "merges": [_merge(actor, row) for row in selectors.merges_of(actor, found)],
        "apart_refusal": policies.may_tell_apart(actor),
        "decides_pairs": policies.may_decide(actor) is None,
        "form": form,
    }
    return show(request, "merging/person.html", context)


def _other(actor: Actor, form: OtherRecordForm, reference: str) -> MissingPerson | None:
    """The other person of the force, or None with the reason on the form."""
    wanted = reference.strip().upper()
    try:
        if wanted.startswith("MI-"):
            wanted = incident_for(actor, wanted).person.reference
        return selectors.person_named(actor, wanted)
    except NotVisible:
        form.add_error("other", "Your force has no record of this reference that you may see")
        return None


def _incident(row: Incident) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "href": reverse("missingcases:overview", args=[row.reference]),
        "status": row.status,
        "words": schemes.status_label(row.scheme, row.status),
        "reported_at": row.reported_at,
    }


def _merge(actor: Actor, row: PersonMerge) -> dict[str, Any]:
    return {
        "row": row,
        "refusal": policies.may_undo(actor, row),
        "undo": reverse("people:undo", args=[row.kept.reference, row.reference]),
        "left": _left(row),
    }


_NAMES = {
    "missingcases.Incident": ("incident", "incidents"),
    "missingcases.Alias": ("other name", "other names"),
    "missingcases.MissingPerson": ("corrected fact", "corrected facts"),
    "missingcases.Flag": ("changed flag", "changed flags"),
    "missingcases.Phone": ("telephone", "telephones"),
    "missingcases.Photo": ("photo", "photos"),
    "missingcases.Address": ("address", "addresses"),
}


def _left(row: PersonMerge) -> str:
    """What an undo could not bring back, in words."""
    parts = [f"{count} {_NAMES.get(name, ('row', 'rows'))[count != 1]}" for name, count in row.left.items()]
    return ", ".join(parts)


@access.roles(POLICE)
@ask
def compare(request: HttpRequest, reference: str, other: str) -> HttpResponse:
    """Two records side by side, and merging the second into the first."""
    actor = actor_of(request)
    kept = visible(lambda: selectors.person_opened(actor, reference))
    gone = visible(lambda: selectors.person_opened(actor, other))
    if kept.pk == gone.pk:
        return redirect(_at(kept))
    versions = {"keep_version": kept.version, "gone_version": gone.version}
    form = MergeForm(
        **posted(request),
        initial=versions,
        differing=sides.differing(kept, gone),
        reference=gone.reference,
        cancel_href=_at(kept),
    )
    if request.method == "POST":
        done = attempt(form, lambda answers: _run(actor, kept, gone, form, answers))
        if not isinstance(done, Failed):
            said = f"{gone.reference} was merged into this record. The merge can be undone below."
            return go(request, _at(kept), said=said)
    mine, theirs = sides.facts(actor, kept), sides.facts(actor, gone)
    context = {
        "kept": kept,
        "gone": gone,
        "rows": [
            {"label": label, "mine": value, "theirs": other_value, "differs": value != other_value}
            for (label, value), (_, other_value) in zip(mine, theirs, strict=True)
        ],
        "is_told_apart": gone.pk in selectors.told_apart(kept.pk),
        "refusal": policies.may_merge(actor, kept, gone),
        "apart_refusal": policies.may_tell_apart(actor),
        "form": form,
    }
    return show(request, "merging/compare.html", context)


def _run(
    actor: Actor, kept: MissingPerson, gone: MissingPerson, form: MergeForm, answers: dict[str, Any]
) -> PersonMerge:
    return services.merge_people(
        actor=actor,
        keep=kept.reference,
        gone=gone.reference,
        take=form.taken(),
        reason=answers["reason"],
        keep_version=answers["keep_version"],
        gone_version=answers["gone_version"],
    )


@access.roles(POLICE)
@require_POST
def not_the_same(request: HttpRequest, reference: str, other: str) -> HttpResponse:
    """Remember that these are two people."""
    actor = actor_of(request)
    found = visible(lambda: selectors.person_named(actor, reference))
    visible(lambda: services.tell_apart(actor=actor, person=reference, other=other))
    return go(request, _at(found), said=f"Remembered: {other} is not the same person.")


@access.roles(policies.MERGERS)
@ask
def undo(request: HttpRequest, reference: str, merge: str) -> HttpResponse:
    """Divide two records again: what comes back, what stays, then why."""
    actor = actor_of(request)
    found = visible(lambda: selectors.person_opened(actor, reference))
    row = visible(lambda: selectors.merge_named(actor, found, merge))
    if row.kept.reference != reference:
        raise Http404
    form = UndoForm(**posted(request), cancel_href=_at(found))
    if request.method == "POST":
        done = attempt(
            form,
            lambda answers: services.undo_merge(
                actor=actor, person=reference, merge=merge, reason=answers["reason"]
            ),
        )
        if not isinstance(done, Failed):
            left = _left(done)
            more = f" Not brought back, because it was changed since: {left}." if left else ""
            return go(request, _at(found), said=f"{done.gone.reference} is a record of its own again.{more}")
    later = [one.reference for one in selectors.since(row) if one in selectors.incidents_of(actor, found)]
    context = {
        "person": found,
        "merge": row,
        "later": later,
        "refusal": policies.may_undo(actor, row),
        "form": form,
    }
    return render(request, "merging/undo.html", context, status=422 if form.errors else 200)
