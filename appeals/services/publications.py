"""Making what our own pages show, when an appeal is published."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from appeals.enums import Audience
from appeals.models import Appeal, Content, Publication
from appeals.projection import languages_of, published
from appeals.selectors import area_ids_of, newest_content, with_all_above, wordings_of
from appeals.services.common import need
from appeals.services.kick import kick_public_files


def shown_for(
    content: Content, *, audience: str, region_ids: frozenset[int] = frozenset()
) -> dict[str, dict[str, Any]]:
    """Language to the projection of one version for an audience, as JSON."""
    wordings = wordings_of(content)
    return {
        language: published(
            content, wordings, audience=audience, language=language, region_ids=region_ids
        ).as_json()
        for language in languages_of(wordings)
    }


def make_publication(appeal: Appeal) -> Publication:
    """Write the projection of the newest version for our own pages, in the caller's transaction."""
    content = newest_content(appeal)
    if content is None:
        need({"content": "Write what the appeal is to say."})
    assert content is not None  # noqa: S101 - `need` has raised
    shown = shown_for(content, audience=Audience.PUBLIC)
    words = " ".join(
        dict.fromkeys(part for one in shown.values() for part in (one["name"], one["area"], one["reference"]))
    )
    publication, _ = Publication.objects.update_or_create(
        appeal=appeal,
        defaults={
            "content": content,
            "shown": shown,
            "page": {},
            "area_ids": sorted(with_all_above([*area_ids_of(appeal), content.area_id])),
            "words": words[:400],
            "made_at": timezone.now(),
        },
    )
    kick_public_files(appeal.pk)
    return publication
