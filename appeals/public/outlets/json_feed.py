"""The feed as JSON Feed 1.1. It has no word for what is gone: that stands in the extension `_harbour`."""

from __future__ import annotations

import json
from typing import Any

from appeals.public.outlets import entries
from appeals.public.outlets.entries import stamp
from appeals.public.outlets.reading import Page, Row

CONTENT_TYPE = "application/feed+json; charset=utf-8"


def written(page: Page, *, here: str, first: str, behind: str, now: float) -> bytes:
    """The document, as `atom.written` takes it."""
    told: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": entries.TITLE,
        "language": "en",
        "feed_url": here,
    }
    if behind:
        told["next_url"] = behind
    gone = [row for row in page.rows if not row.is_live]
    told["_harbour"] = {
        "first_url": first,
        "deleted": [{"id": entries.tag_uri(row.reference), "when": stamp(row.left_at)} for row in gone],
    }
    told["items"] = [item(row, now) for row in page.rows if row.is_live]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def item(row: Row, now: float) -> dict[str, Any]:
    """What may be shown, with its words as plain text and field by field."""
    language = entries.language_of(row)
    told: dict[str, Any] = {
        "id": entries.tag_uri(row.reference),
        "url": entries.page_of(row),
        "title": entries.title_of(row),
        "content_text": _words(row),
        "date_published": stamp(row.live_at),
        "date_modified": stamp(row.updated_at),
        "language": language,
        "_harbour": {
            "reference": row.reference,
            "embargo_until": stamp(row.embargo_until) if row.embargo_until else None,
            "words": row.shown,
        },
    }
    if picture := entries.picture_of(row, now):
        told["image"] = picture.address
        told["attachments"] = [
            {
                "url": picture.address,
                "mime_type": picture.content_type,
                "size_in_bytes": picture.size,
                "title": row.shown[language]["alt_text"],
            }
        ]
    return told


def _words(row: Row) -> str:
    parts = [held] if (held := entries.embargo_words(row)) else []
    for shown in row.shown.values():
        facts = [f"{label}: {value}" for label, value in entries.facts_of(shown)]
        parts.append("\n".join([entries.headline_of(shown), shown["name"], shown["description"], *facts]))
    return "\n\n".join(parts)
