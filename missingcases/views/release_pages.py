"""Releases whatever they are of: what was released to us, what we released, and what is done about one."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation import access
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from missingcases import policies, selectors, services
from missingcases.forms.ending import CaseReasonForm
from missingcases.forms.releases import DecideReleaseForm
from missingcases.models import Incident, Release
from missingcases.release_rules import MANAGERS, OVERSEERS
from missingcases.views import rows
from missingcases.views.common import go, show, visible
from missingcases.views.readers import READERS
from missingcases.views.releases import label_of
from missingcases.views.verbs import posted

ask = require_http_methods(["GET", "POST"])
PAGE = 30


@access.roles(READERS)
@require_GET
def received(request: HttpRequest) -> HttpResponse:
    """What others released to us: unread first, then the rest, the newest first."""
    actor = actor_of(request)
    found = selectors.matching(selectors.released_to(actor), _words(request))
    unread = [] if _before(request) else list(found.filter(first_read_at__isnull=True)[:PAGE])
    read = _page(found.filter(first_read_at__isnull=False), request)
    _note(actor, [*unread, *read[:PAGE]])
    known = _known(actor, [*unread, *read])
    context = {
        "unread": [_line(row, known) for row in unread],
        "read": [_line(row, known) for row in read[:PAGE]],
        "older": read[PAGE - 1].pk if len(read) > PAGE else 0,
        "searched": _words(request),
    }
    return render(request, "releases/received.html", context)


@access.roles(READERS)
@require_GET
def sent(request: HttpRequest) -> HttpResponse:
    """What we released: who has read it, what waits, what is late."""
    actor = actor_of(request)
    found = selectors.matching(selectors.released_by(actor), _words(request))
    page = _page(found, request)
    _note(actor, page[:PAGE])
    known = _known(actor, page)
    context = {
        "rows": [_line(row, known) | {"expired": policies.has_expired(row)} for row in page[:PAGE]],
        "older": page[PAGE - 1].pk if len(page) > PAGE else 0,
        "searched": _words(request),
    }
    return render(request, "releases/sent.html", context)


@access.roles(OVERSEERS)
@require_GET
def outside(request: HttpRequest) -> HttpResponse:
    """What we released outside our agreements, and why: without what was released."""
    actor = actor_of(request)
    page = _page(selectors.overridden_by(actor), request)
    _note(actor, page[:PAGE])
    context = {"rows": page[:PAGE], "older": page[PAGE - 1].pk if len(page) > PAGE else 0}
    return render(request, "releases/outside.html", context)


@access.roles(READERS)
@require_GET
def release(request: HttpRequest, release_reference: str) -> HttpResponse:
    """One release: what, to whom, why, who has read it, and what may be done about it."""
    actor, row = _found(request, release_reference)
    content = visible(lambda: services.read_release(actor=actor, release_id=row.pk))
    known = _known(actor, [row])
    context = {
        "release": row,
        "content": [rows.row(label_of(name), text) for name, text in content.items()],
        "is_ours": row.from_organisation_id == actor.organisation_id,
        "expired": policies.has_expired(row),
        "incident_href": _line(row, known)["incident_href"],
        "readings": selectors.readings_of(actor, row),
        "decide_refusal": policies.may_decide_release(actor, row),
        "revoke_refusal": policies.may_answer_here(row) or policies.may_revoke_release(actor, row),
        "acknowledge_refusal": policies.may_answer_here(row) or policies.may_acknowledge_release(actor, row),
        "elsewhere": policies.may_answer_here(row),
        **{f"{name}_href": reverse(f"releases:{name}", args=[row.reference]) for name in _VERBS},
    }
    return render(request, "releases/release.html", context)


_VERBS = ("acknowledge", "decide", "revoke")


@access.roles(READERS)
@require_POST
def acknowledge(request: HttpRequest, release_reference: str) -> HttpResponse:
    """We have read it and act on it: one button, no questions."""
    actor, row = _found(request, release_reference)
    access.require(policies.may_answer_here(row))
    services.acknowledge_release(actor=actor, release_id=row.pk)
    return go(request, _at(row), said="Acknowledged. Whoever released it sees that you have read it.")


@access.roles(MANAGERS, fresh=True)
@ask
def decide(request: HttpRequest, release_reference: str) -> HttpResponse:
    """The second person's yes or no."""
    actor, row = _found(request, release_reference)
    content = visible(lambda: services.read_release(actor=actor, release_id=row.pk))
    form = DecideReleaseForm(**posted(request), cancel_href=_at(row))

    def run(answers: dict[str, Any]) -> Release:
        approve = answers["decision"] == "approve"
        return services.decide_release(
            actor=actor, release_id=row.pk, approve=approve, reason=answers["reason"]
        )

    if request.method == "POST" and not isinstance(attempt(form, run), Failed):
        return go(request, _at(row), said="Your decision is saved.")
    context = {
        "page_title": "Decide on a release",
        "release": row,
        "is_ours": row.from_organisation_id == actor.organisation_id,
        "form": form,
        "refusal": policies.may_decide_release(actor, row),
        "content": [rows.row(label_of(name), text) for name, text in content.items()],
        "back": _at(row),
    }
    return show(request, "releases/verb.html", context)


@access.roles(READERS)
@ask
def revoke(request: HttpRequest, release_reference: str) -> HttpResponse:
    """Take a release back."""
    actor, row = _found(request, release_reference)
    form = CaseReasonForm(
        **posted(request), submit_label="Take it back", submit_style="warning", cancel_href=_at(row)
    )

    def run(answers: dict[str, Any]) -> Release:
        access.require(policies.may_answer_here(row))
        return services.revoke_release(actor=actor, release_id=row.pk, **answers)

    if request.method == "POST" and not isinstance(attempt(form, run), Failed):
        return go(request, reverse("releases:sent"), said="Taken back. What they read, they have read.")
    context = {
        "page_title": "Take the release back",
        "release": row,
        "form": form,
        "refusal": policies.may_answer_here(row) or policies.may_revoke_release(actor, row),
        "happens": ["They see it no more from this moment.", "That they saw it stays in the record."],
        "back": _at(row),
    }
    return show(request, "releases/verb.html", context)


def _found(request: HttpRequest, reference: str) -> tuple[Actor, Release]:
    actor = actor_of(request)
    return actor, visible(lambda: selectors.release_named(actor, reference))


def _page(found: QuerySet[Release], request: HttpRequest) -> list[Release]:
    """The newest first, from where the page before ended; one more than a page, to know of a next."""
    before = _before(request)
    if before:
        found = found.filter(pk__lt=before)
    return list(found.order_by("-pk")[: PAGE + 1])


def _before(request: HttpRequest) -> int:
    given = request.GET.get("before", "")
    return int(given) if given.isdecimal() and len(given) < 19 else 0


def _words(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\x00", "").strip()[:80]


def _note(actor: Actor, found: list[Release]) -> None:
    audit.record(actor=actor, action="release.listed", target=Release, target_ids=[row.pk for row in found])


def _known(actor: Actor, found: list[Release]) -> dict[int, Incident]:
    """Of their incidents those that the actor may know of by themselves."""
    ids = {row.incident_id for row in found if row.incident_id is not None}
    return selectors.incidents_visible_to(actor).in_bulk(ids) if ids else {}


def _line(row: Release, known: dict[int, Incident]) -> dict[str, Any]:
    incident = known.get(row.incident_id or 0)
    return {
        "row": row,
        "href": _at(row),
        "incident": incident.reference if incident else "",
        "incident_href": reverse("missingcases:overview", args=[incident.reference]) if incident else "",
    }


def _at(row: Release) -> str:
    return reverse("releases:release", args=[row.reference])
