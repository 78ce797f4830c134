"""Writing what an alert says, and saying where it goes. Each save is the next version."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from alerts import policies, selectors, services
from alerts.enums import Language
from alerts.forms.content import KEEP, NO_PICTURE, AreasForm, ContentForm, OutlineForm
from alerts.models import AlertContent, AlertWording, ChildRescueAlert
from alerts.views.common import DECIDED_ANEW, ask, at, opened, verb, writers
from foundation.actors import Actor
from foundation.exceptions import Conflict
from foundation.requests import actor_of
from missingcases.enums import PhotoConsent
from missingcases.models import Photo
from missingcases.selectors import photos_of
from missingcases.views.verbs import posted

_FIELDS = (
    "first_name",
    "age",
    "description",
    "clothing",
    "last_seen_place",
    "last_seen_at",
    "suspect",
    "vehicle",
)


def _answers(content: AlertContent | None, wordings: list[AlertWording]) -> dict[str, Any]:
    """A version as the form shows it."""
    if content is None:
        return {}
    answers: dict[str, Any] = {name: getattr(content, name) for name in _FIELDS}
    answers |= {"alt_text": content.alt_text, "alt_text_cy": content.alt_text_cy}
    answers["photo"] = KEEP if content.stored_name else NO_PICTURE
    for one in wordings:
        tail = "_cy" if one.language == Language.WELSH else ""
        answers |= {
            f"headline{tail}": one.headline,
            f"words{tail}": one.description,
            f"instruction{tail}": one.instruction,
            f"sms{tail}": one.sms,
        }
    return answers


def _photos(actor: Actor, alert: ChildRescueAlert) -> list[Photo]:
    if alert.incident is None:
        return []
    fit = photos_of(actor, alert.incident).exclude(consent=PhotoConsent.NO)
    return list(fit.exclude(pk__in=selectors.removed_photo_ids(alert.pk)))


def _anew(alert: ChildRescueAlert) -> tuple[str, ...]:
    return (DECIDED_ANEW,) if policies.yes_is_lost(alert) else ()


@writers
@ask
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    """Fields, picture and words."""
    actor, alert = actor_of(request), opened(request, reference)
    content = selectors.newest_content(alert)
    wordings = selectors.wordings_of(content)
    before = _answers(content, wordings)
    has_welsh = any(one.language == Language.WELSH for one in wordings)
    form = ContentForm(
        **posted(request),
        initial={**before, "version": alert.version},
        photos=_photos(actor, alert),
        has_picture=bool(content and content.stored_name),
        is_rehearsal=alert.is_rehearsal,
        welsh=has_welsh or selectors.welsh_needed(alert),
        cancel_href=at("room", alert),
    )

    def run(answers: dict[str, Any]) -> AlertContent:
        try:
            return services.edit_content(
                actor=actor,
                alert_id=alert.pk,
                details=form.written(polygon=content.polygon if content else ""),
                photo_reference=form.photo_reference(),
                version=answers["version"],
            )
        except Conflict as conflict:
            raise Conflict(version=conflict.version, theirs=before, yours={}) from None

    return verb(
        request,
        alert,
        title="Write what it says",
        form=form,
        run=run,
        said="Saved as the next version.",
        refusal=policies.may_edit(actor, alert),
        happens=_anew(alert),
        template="alerts/content.html",
        content=content,
        picture_url=at("picture", alert, content.number) if content and content.stored_name else "",
    )


@writers
@ask
def areas(request: HttpRequest, reference: str) -> HttpResponse:
    """Say where it goes: local, regional or national."""
    actor, alert = actor_of(request), opened(request, reference)
    chosen = {f"area_{number}": area for number, area in enumerate(selectors.areas_of(alert), 1)}
    form = AreasForm(
        **posted(request), initial={**chosen, "version": alert.version}, cancel_href=at("room", alert)
    )
    return verb(
        request,
        alert,
        title="Where it goes",
        form=form,
        run=lambda answers: services.choose_areas(
            actor=actor, alert_id=alert.pk, area_ids=form.area_ids(), version=answers["version"]
        ),
        said="The areas are saved.",
        refusal=policies.may_choose_areas(actor, alert),
        happens=(
            "Who asked for any of these areas, for one within them or for one that holds them, is told.",
            *_anew(alert),
        ),
    )


@writers
@ask
def outline(request: HttpRequest, reference: str) -> HttpResponse:
    """Draw the outline for systems that target by it."""
    actor, alert = actor_of(request), opened(request, reference)
    content = selectors.newest_content(alert)
    drawn = {"polygon": content.polygon if content else "", "version": alert.version}
    form = OutlineForm(**posted(request), initial=drawn, cancel_href=at("room", alert))
    return verb(
        request,
        alert,
        title="Outline",
        form=form,
        run=lambda answers: services.set_polygon(actor=actor, alert_id=alert.pk, **answers),
        said="The outline is saved.",
        refusal=policies.may_edit(actor, alert),
        happens=("Only other systems use it. Our own audience goes by the areas.", *_anew(alert)),
    )
