"""Writing what an appeal says: fields, words, picture, areas. Each save is the next version."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from appeals import policies, selectors, services
from appeals.enums import Audience, Language
from appeals.forms.content import NO_PICTURE, AreasForm, ContentForm, CropForm, WordingForm
from appeals.models import Appeal, Content, Wording
from appeals.services import Words
from appeals.views.appeal import content_context
from appeals.views.common import AUTHORISED_ANEW, at, opened, publicity_desk, verb
from foundation.exceptions import Conflict
from foundation.requests import actor_of
from missingcases.views.verbs import posted

ask = require_http_methods(["GET", "POST"])


def _is_plain(one: Wording) -> bool:
    """Whether these are the words that everybody reads."""
    return one.audience == Audience.PUBLIC and one.region_id is None


def _answers_of(content: Content | None, wordings: list[Wording]) -> dict[str, Any]:
    """A version as the form shows it."""
    if content is None:
        return {}
    answers: dict[str, Any] = {
        name: getattr(content, name)
        for name in ("first_name", "surname", "show_surname", "age", "missing_since", "area")
    }
    answers |= {"alt_text": content.alt_text, "alt_text_cy": content.alt_text_cy}
    answers["picture"] = str(content.picture_id or NO_PICTURE)
    for one in wordings:
        if _is_plain(one):
            tail = "_cy" if one.language == Language.WELSH else ""
            answers |= {
                f"{name}{tail}": getattr(one, name) for name in ("headline", "description", "clothing")
            }
    return answers


def _newest(appeal: Appeal) -> tuple[Content | None, list[Wording]]:
    content = selectors.newest_content(appeal)
    return content, selectors.wordings_of(content)


@publicity_desk
@ask
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    """Fields, picture and the words that everybody reads."""
    actor, appeal = actor_of(request), opened(request, reference)
    content, wordings = _newest(appeal)
    before = _answers_of(content, wordings)
    pictures = selectors.pictures_of(appeal)
    areas = selectors.area_ids_of(appeal) or ([content.area_id] if content else [])
    welsh = selectors.welsh_needed(areas)
    form = ContentForm(
        **posted(request),
        initial={**before, "version": appeal.version},
        pictures=pictures,
        welsh=welsh,
        cancel_href=at("show", appeal),
    )
    kept = [
        services.words_of(one)
        for one in wordings
        if not _is_plain(one) or (one.language == "cy" and not welsh)
    ]

    def run(answers: dict[str, Any]) -> Content:
        try:
            return services.save_content(
                actor=actor,
                appeal_id=appeal.pk,
                details=form.written(kept),
                picture_id=form.picture_id(),
                version=answers["version"],
            )
        except Conflict as conflict:
            raise Conflict(version=conflict.version, theirs=before, yours={}) from None

    return verb(
        request,
        appeal,
        title="Write the content",
        form=form,
        run=run,
        said="Saved as the next version.",
        refusal=policies.may_edit(actor, appeal),
        happens=(AUTHORISED_ANEW,) if policies.authorisation_is_lost(appeal) else (),
        template="appeals/content.html",
        pictures=pictures,
        **content_context(appeal, content),
    )


def _save_words(request: HttpRequest, appeal: Appeal, wordings: list[Words], version: int | None) -> Content:
    """The newest version with other tailored words."""
    content = selectors.newest_content(appeal)
    if content is None:
        raise Http404
    details = replace(services.details_of(content, ()), wordings=tuple(wordings))
    return services.save_content(
        actor=actor_of(request),
        appeal_id=appeal.pk,
        details=details,
        picture_id=content.picture_id,
        version=version,
    )


@publicity_desk
@ask
def wording(request: HttpRequest, reference: str, wording_id: int = 0) -> HttpResponse:
    """Words for one audience, language and region: added, changed, or emptied to take them away."""
    actor, appeal = actor_of(request), opened(request, reference)
    _, wordings = _newest(appeal)
    found = next((one for one in wordings if one.pk == wording_id and not _is_plain(one)), None)
    if wording_id and found is None:
        raise Http404
    initial: dict[str, Any] = {"audience": Audience.SOCIAL, "language": Language.ENGLISH}
    if found is not None:
        names = ("audience", "language", "region", "headline", "description", "clothing")
        initial = {name: getattr(found, name) for name in names}
    form = WordingForm(
        **posted(request), initial={**initial, "version": appeal.version}, cancel_href=at("show", appeal)
    )
    others = [services.words_of(one) for one in wordings if found is None or one.pk != found.pk]
    return verb(
        request,
        appeal,
        title="Tailored words",
        form=form,
        run=lambda answers: _save_words(request, appeal, [*others, form.words()], answers["version"]),
        said="Saved as the next version.",
        refusal=policies.may_edit(actor, appeal),
        happens=(
            "A field that you leave empty is taken from the words for everybody.",
            "Where all of them are empty, these words are taken away.",
            *((AUTHORISED_ANEW,) if policies.authorisation_is_lost(appeal) else ()),
        ),
    )


@publicity_desk
@ask
def areas(request: HttpRequest, reference: str) -> HttpResponse:
    """Say whom an appeal is for."""
    actor, appeal = actor_of(request), opened(request, reference)
    aimed = {f"area_{number}": area for number, area in enumerate(selectors.areas_of(appeal), 1)}
    form = AreasForm(
        **posted(request), initial={**aimed, "version": appeal.version}, cancel_href=at("show", appeal)
    )
    return verb(
        request,
        appeal,
        title="Areas",
        form=form,
        run=lambda answers: services.aim_at(
            actor=actor, appeal_id=appeal.pk, area_ids=form.area_ids(), version=answers["version"]
        ),
        said="The areas are saved.",
        refusal=policies.may_edit(actor, appeal),
        happens=("Outlets that reach any of these areas, or lie within one, are offered for publishing.",),
    )


@publicity_desk
@ask
def crop(request: HttpRequest, reference: str, picture_id: int) -> HttpResponse:
    """Cut a part from a picture, with the pointer, the keyboard or by numbers."""
    actor, appeal = actor_of(request), opened(request, reference)
    source = next((one for one in selectors.pictures_of(appeal) if one.pk == picture_id), None)
    if source is None:
        raise Http404
    form = CropForm(**posted(request), cancel_href=at("content", appeal))
    return verb(
        request,
        appeal,
        title="Cut the picture",
        form=form,
        run=lambda answers: services.cut_picture(
            actor=actor, appeal_id=appeal.pk, picture_id=source.pk, **form.parts()
        ),
        said="The part is kept as a new picture. Choose it below.",
        refusal=policies.may_edit(actor, appeal),
        to=at("content", appeal),
        template="appeals/crop.html",
        source=source,
        picture_url=at("picture", appeal, source.pk),
    )
