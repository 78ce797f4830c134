"""Proposing an alert from the incident, or a rehearsal from the list."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alerts import policies, selectors, services
from alerts.forms.content import ProposeForm
from alerts.models import ChildRescueAlert
from alerts.practice import PRACTICE
from alerts.ranks import in_words
from alerts.views.common import ask, at, police
from foundation.actors import Actor
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from missingcases.enums import PhotoConsent
from missingcases.models import Incident, Photo
from missingcases.selectors import photos_of
from missingcases.views.common import go, show
from missingcases.views.frame import Case, case_for, framed
from missingcases.views.verbs import posted

_SAID = "It is proposed. The charity sees it now. This page shows what is missing."


def photos_for(case: Case) -> list[Photo]:
    """The photos of the record that nobody refused."""
    return list(photos_of(case.actor, case.incident).exclude(consent=PhotoConsent.NO))


def _authoriser(actor: Actor) -> str:
    """Who says yes for the actor's force, in words."""
    return in_words(selectors.rank_of(actor.organisation_id or 0))


def _begun(incident: Incident) -> dict[str, Any]:
    begun = services.content_from(incident)
    names = ("first_name", "age", "last_seen_place", "last_seen_at")
    return {name: getattr(begun, name) for name in names} | {"area_1": incident.last_seen_area}


@police
@ask
def propose(request: HttpRequest, reference: str) -> HttpResponse:
    """Propose an alert for the child. One form is one proposal, however often it is sent."""
    case = case_for(request, reference)
    refusal = policies.may_propose(case.actor, case.incident)
    photos = photos_for(case)
    form = ProposeForm(
        **posted(request), initial=_begun(case.incident), photos=photos, cancel_href=case.at("services")
    )
    if request.method == "POST" and refusal is None:
        made = attempt(form, lambda answers: _proposed(request, form, incident_id=case.incident.pk))
        if not isinstance(made, Failed):
            return go(request, at("room", made), said=_SAID)
    pictures = [{"row": one, "url": case.at("photo", one.reference)} for one in photos]
    title = "Propose a Child Rescue Alert"
    context = framed(
        case, "verb", title, form=form, refusal=refusal, photos=pictures, authoriser=_authoriser(case.actor)
    )
    return show(request, "alerts/propose.html", context)


@police
@ask
def rehearse(request: HttpRequest) -> HttpResponse:
    """Propose a rehearsal: about nobody, and to test subscribers alone."""
    form = ProposeForm(
        **posted(request),
        initial={"photo": PRACTICE},
        is_rehearsal=True,
        cancel_href=reverse("alerts:listing"),
    )
    if request.method == "POST":
        made = attempt(form, lambda answers: _proposed(request, form))
        if not isinstance(made, Failed):
            return go(request, at("room", made), said=_SAID)
    context = {
        "form": form,
        "is_rehearsal": True,
        "authoriser": _authoriser(actor_of(request)),
        "page_title": "Propose a rehearsal",
        "crumbs": [{"label": "Alerts", "href": reverse("alerts:listing")}, {"label": "Propose a rehearsal"}],
        "refusal": policies.may_propose(actor_of(request), None),
        "back": reverse("alerts:listing"),
    }
    return show(request, "alerts/rehearse.html", context)


def _proposed(request: HttpRequest, form: ProposeForm, *, incident_id: int | None = None) -> ChildRescueAlert:
    return services.propose_alert(
        actor=actor_of(request),
        incident_id=incident_id,
        content=form.details(),
        area_ids=form.area_ids(),
        photo_reference=form.photo_reference() or "",
        form_token=form.cleaned_data["form_token"],
    )
