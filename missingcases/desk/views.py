"""The duty desk: the page, the two parts that keep themselves fresh, acknowledging, a force's times."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation import access
from foundation.access import Refused
from foundation.accounts.enums import POLICE, Role
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import NotVisible
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from missingcases import selectors as cases
from missingcases.desk import door, policies, selectors, services
from missingcases.desk.feed import kept
from missingcases.desk.forms import TimesForm
from missingcases.models import Incident
from missingcases.views.common import go, show, visible
from missingcases.views.frame import risk_tag, status_tag
from missingcases.views.verbs import posted

# A desk is looked at more than it is touched: whoever sits there is warned this long before it is signed out.
WARN_SECONDS = 300
at_a_desk = access.roles(policies.DESKS)


@at_a_desk
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """The whole page; without scripts it is a page with the time it was made and a way to make it again."""
    actor = actor_of(request)
    drawn, own = kept.get(actor, _draw(actor)), selectors.unread(actor)
    _note(actor, [*drawn.incident_ids, *selectors.ids_on([own])])
    context = {
        "board": drawn.html,
        "tag": drawn.tag,
        "unread": _draw(actor)([own]),
        "unread_tag": _tag(own),
        "made_at": timezone.now(),
        "can_report": actor.holds(POLICE),
        "session_warn": WARN_SECONDS,
        "duty_phone": selectors.times_of(actor.organisation_id or 0).supervisor_phone,
    }
    return render(request, "desk/desk.html", context)


@at_a_desk
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """The list of the desk: 304 while a reader would see nothing new. What is shown is audited."""
    actor = actor_of(request)
    door.remember(request, actor, _list)
    return _list(request, actor)


def _list(request: HttpRequest, actor: Actor) -> HttpResponse:
    drawn = kept.get(actor, _draw(actor))
    return _answer(request, actor, drawn.tag, drawn.html, drawn.incident_ids)


@at_a_desk
@require_GET
def unread(request: HttpRequest) -> HttpResponse:
    """What this person has not read yet."""
    actor = actor_of(request)
    own = selectors.unread(actor)
    return _answer(request, actor, _tag(own), _draw(actor)([own]), selectors.ids_on([own]))


def _answer(request: HttpRequest, actor: Actor, tag: str, html: str, incident_ids: Any) -> HttpResponse:
    quoted = f'"{tag}"'
    if request.headers.get("If-None-Match") == quoted:
        return HttpResponseNotModified(headers={"ETag": quoted})
    _note(actor, incident_ids)
    # The short way passes by the middleware that would say how long it is.
    body = html.encode()
    return HttpResponse(body, headers={"ETag": quoted, "Content-Length": str(len(body))})


def _tag(section: selectors.Section) -> str:
    return sha256(selectors.facts_of([section]).encode()).hexdigest()[:32]


def _note(actor: Actor, incident_ids: Any) -> None:
    audit.record(actor=actor, action="desk.listed", target=Incident, target_ids=sorted(set(incident_ids)))


def _draw(actor: Actor) -> Any:
    """How sections become markup. Only the roles of `actor` may show in it: the list is for many."""
    acknowledges = actor.holds(POLICE)

    def draw(sections: list[selectors.Section]) -> str:
        shown = [
            {"section": one, "rows": [_row(line, acknowledges) for line in one.lines]} for one in sections
        ]
        return render_to_string("desk/_sections.html", {"parts": shown, "now": timezone.now()})

    return draw


def _row(line: selectors.Line, acknowledges: bool) -> dict[str, Any]:
    incident = line.incident
    return {
        "line": line,
        "href": _href(line),
        "late": line.due_at is not None and line.due_at < timezone.now(),
        "risk": risk_tag(incident) if incident and line.name else "",
        "status": status_tag(incident) if incident and line.name else "",
        "acknowledge": acknowledges and line.notice is not None,
    }


def _href(line: selectors.Line) -> str:
    if line.url or line.incident is None:
        return line.url
    if line.anchor == "threat":
        return reverse("missingcases:release", args=[line.incident.reference, line.subject])
    return reverse("missingcases:overview", args=[line.incident.reference])


@access.roles(POLICE)
@require_POST
def acknowledge(request: HttpRequest) -> HttpResponse:
    """Take note of an incident, in one press."""
    actor = actor_of(request)
    reference = request.POST.get("incident", "")
    rows = cases.records_visible_to(actor)
    incident = visible(lambda: _found(rows.filter(reference=reference).first(), reference))
    try:
        services.acknowledge_incident(actor=actor, incident_id=incident.pk)
        messages.success(request, f"{incident.reference} is acknowledged. It is on its timeline.")
    except Refused as problem:
        messages.warning(request, f"{incident.reference}: {problem.refusal.message}")
    return redirect("desk:desk")


def _found(incident: Incident | None, reference: str) -> Incident:
    if incident is None:
        raise NotVisible(reference)
    return incident


@access.roles(Role.ADMINISTRATOR, fresh=True)
@require_http_methods(["GET", "POST"])
def times(request: HttpRequest) -> HttpResponse:
    """When a force's supervisor and inspector are told; for that force's administrator."""
    actor = actor_of(request)
    access.require(policies.may_set_times(actor))
    row = selectors.times_of(actor.organisation_id or 0)
    names = [*TimesForm.base_fields]
    form = TimesForm(
        **posted(request),
        initial={name: getattr(row, name) for name in names},
        cancel_href=reverse("administration"),
    )

    def run(answers: dict[str, Any]) -> Any:
        version = answers.pop("version")
        return services.save_times(actor=actor, version=version, values=answers)

    if request.method == "POST" and not isinstance(attempt(form, run), Failed):
        return go(request, reverse("desk:times"), said="Saved. The times hold for calls from now on.")
    return show(request, "desk/times.html", {"form": form})
