"""Asking for publicity, from the incident; offering a photo of the record."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from appeals import policies, services
from appeals.forms.asking import AskForm, OfferForm
from appeals.models import Appeal
from appeals.views.common import at, both_sides, opened, police, verb
from foundation.clock import in_london
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from missingcases.enums import PhotoConsent
from missingcases.models import Photo
from missingcases.selectors import photos_of
from missingcases.views.common import go, show
from missingcases.views.frame import Case, case_for, framed
from missingcases.views.verbs import posted

ask_with = require_http_methods(["GET", "POST"])


def _photos(case: Case) -> list[Photo]:
    """The photos of the record that nobody refused for publicity."""
    return list(photos_of(case.actor, case.incident).exclude(consent=PhotoConsent.NO))


def _proposed(case: Case) -> dict[str, Any]:
    """What the record knows already, for whoever may read it; the person at the keyboard decides."""
    if not case.sees_record:
        return {}
    incident, person = case.incident, case.incident.person
    since = incident.last_seen_at or incident.reported_at
    return {
        "first_name": person.given_names.split(" ")[0],
        "surname": person.family_name,
        "age": incident.age_at_report,
        "missing_since": in_london(since).date(),
        "area": incident.last_seen_area,
    }


@both_sides
@ask_with
def ask(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for publicity. One form is one request, however often it is sent."""
    case = case_for(request, reference, record=False)
    refusal = policies.may_ask(case.actor, case.incident)
    form = AskForm(
        **posted(request),
        initial=_proposed(case),
        photos=_photos(case) if case.owns else (),
        offers=case.owns,
        cancel_href=case.at("services"),
    )
    if request.method == "POST" and refusal is None:
        made = attempt(form, lambda answers: _asked(case, form, answers))
        if not isinstance(made, Failed):
            return go(
                request, at("show", made), said="Publicity is asked for. This page shows what is missing."
            )
    context = framed(
        case,
        "verb",
        "Ask for publicity",
        form=form,
        refusal=refusal,
        photos=[
            {"row": one, "url": case.at("photo", one.reference)}
            for one in (_photos(case) if case.owns else ())
        ],
    )
    return show(request, "appeals/ask.html", context)


@transaction.atomic
def _asked(case: Case, form: AskForm, answers: dict[str, Any]) -> Appeal:
    content = form.content()
    appeal = services.ask_for_appeal(
        actor=case.actor,
        incident_id=case.incident.pk,
        form_token=answers["form_token"],
        kind=answers["kind"],
        reason=answers["reason"],
        police_view=answers.get("police_view", ""),
        content=content,
        area_ids=[content.area_id],
    )
    if photo := form.photo_reference():
        services.offer_photo(actor=case.actor, appeal_id=appeal.pk, photo_reference=photo)
    return appeal


@police
@ask_with
def offer(request: HttpRequest, reference: str) -> HttpResponse:
    """Offer another photo of the record to the charity."""
    appeal = opened(request, reference)
    case = case_for(request, appeal.incident.reference)
    photos = _photos(case)
    form = OfferForm(**posted(request), photos=photos, cancel_href=at("show", appeal))
    return verb(
        request,
        appeal,
        title="Offer a photo",
        form=form,
        run=lambda answers: services.offer_photo(
            actor=actor_of(request), appeal_id=appeal.pk, photo_reference=answers["photo"]
        ),
        said="The charity may use this photo. It chooses it, cuts it, and writes what it shows.",
        refusal=policies.may_offer_photo(actor_of(request), appeal),
        template="appeals/offer.html",
        photos=[{"row": one, "url": case.at("photo", one.reference)} for one in photos],
        files_href=case.at("files"),
    )
