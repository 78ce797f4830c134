"""Feeds as a force's system writes them."""

from __future__ import annotations

import json
from typing import Any
from xml.sax.saxutils import escape, quoteattr

GIVEN = {
    "first_name": "Robin",
    "surname": "Moor",
    "age": "46",
    "missing_since": "2026-11-01",
    "area": "E09000007",
    "headline": "Have you seen Robin?",
    "description": "Robin is 5 feet 4 and has short brown hair.",
    "clothing": "A red coat.",
}
_WORDS = ("headline", "description", "clothing")


def part(incident: str, more: str = "", **given: Any) -> str:
    """The part for us, as XML; `more` is put in as it stands."""
    values = GIVEN | given
    plain = "".join(
        f"<h:{name}>{escape(str(value))}</h:{name}>" for name, value in values.items() if name not in _WORDS
    )
    words = "".join(f"<h:{name}>{escape(values[name])}</h:{name}>" for name in _WORDS)
    return (
        f'<h:appeal xmlns:h="urn:harbour:appeal:1" incident={quoteattr(incident)}>'
        f'{plain}<h:words language="en">{words}</h:words>{more}</h:appeal>'
    )


def entry(item: str, inside: str = "") -> str:
    """An Atom entry."""
    return f"<entry><id>{escape(item)}</id><title>Missing</title>{inside}</entry>"


def atom(*entries: str, deleted: tuple[str, ...] = ()) -> bytes:
    gone = "".join(f"<at:deleted-entry ref={quoteattr(one)} when='2026-11-28T10:00:00Z'/>" for one in deleted)
    return (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" '
        f'xmlns:at="http://purl.org/atompub/tombstones/1.0">{"".join(entries)}{gone}</feed>'
    ).encode()


def one(incident: str, item: str = "tag:met.example,2026:1", **given: Any) -> bytes:
    """An Atom feed with one appeal."""
    return atom(entry(item, part(incident, **given)))


def rss(*items: tuple[str, str]) -> bytes:
    inside = "".join(f"<item><guid>{escape(item)}</guid>{one}</item>" for item, one in items)
    return f'<rss version="2.0"><channel><title>Missing</title>{inside}</channel></rss>'.encode()


def json_feed(*items: dict[str, Any], deleted: tuple[str, ...] = ()) -> bytes:
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Missing",
        "items": items,
        "_harbour": {"deleted": [{"id": one} for one in deleted]},
    }
    return json.dumps(told).encode()


def json_item(item: str, incident: str, **given: Any) -> dict[str, Any]:
    values = GIVEN | given
    content = {name: value for name, value in values.items() if name not in _WORDS}
    content["wordings"] = [{name: values[name] for name in _WORDS}]
    return {"id": item, "title": "Missing", "_harbour": {"incident": incident, "content": content}}
