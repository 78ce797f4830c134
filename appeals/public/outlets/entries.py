"""What both feeds say of an entry alike: its id, its title, its words in each language, its picture."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from appeals.addresses import page_address
from appeals.printing.words import day, question
from appeals.public.addresses import absolute, picture_path, signed_until
from appeals.public.outlets.reading import FEED_PICTURE, Row
from foundation.clock import in_london

TITLE = "Missing people: appeals for media partners"
# What no XML document may hold.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
LABELS = {
    "en": ("Age when last seen", "Missing since", "Last seen in", "Wearing", "Call or text", "Reference"),
    "cy": (
        *("Oed pan welwyd ddiwethaf", "Ar goll ers", "Gwelwyd ddiwethaf yn", "Yn gwisgo"),
        *("Ffoniwch neu tecstiwch", "Cyfeirnod"),
    ),
}


@dataclass(frozen=True, slots=True)
class Picture:
    """The photo of an entry, at an address that is good for minutes."""

    address: str
    content_type: str
    size: int


@lru_cache(maxsize=4)
def _authority(base: str) -> str:
    return f"tag:{urlsplit(base).hostname or 'harbour'},2026:"


def tag_uri(reference: str) -> str:
    """RFC 4151: by the placement's reference, so that no name is in it."""
    return _authority(settings.PUBLIC_BASE_URL) + reference


def language_of(row: Row) -> str:
    """English where there is any."""
    return "en" if "en" in row.shown else next(iter(row.shown), "en")


def headline_of(shown: dict[str, Any]) -> str:
    """Where nobody wrote one it asks whether they were seen, as posts and posters do."""
    return shown["headline"] or question(shown["first_name"], shown["language"])


def title_of(row: Row) -> str:
    """The headline; under an embargo that goes before everything."""
    headline = headline_of(row.shown[language_of(row)])
    return f"EMBARGO until {said(row.embargo_until)}: {headline}" if row.embargo_until else headline


def embargo_words(row: Row) -> str:
    """For a person at a news desk; empty where there is none."""
    if row.embargo_until is None:
        return ""
    return f"Not to be published before {said(row.embargo_until)}, London time."


def facts_of(shown: dict[str, Any]) -> list[tuple[str, str]]:
    """Label and value, in the language of the words."""
    values = (
        shown["age"],
        day(date.fromisoformat(shown["missing_since"]), shown["language"]),
        shown["area"],
        shown["clothing"],
        shown["helpline"],
        shown["reference"],
    )
    labels = list(LABELS.get(shown["language"], LABELS["en"]))
    if shown.get("is_alert"):
        labels[-2] = "Ffoniwch" if shown["language"] == "cy" else "Call"
    named = zip(labels, values, strict=True)
    return [(label, str(value)) for label, value in named if value not in (None, "")]


def page_of(row: Row) -> str:
    """The address of the appeal's own page."""
    return page_address(row.token, row.page)


def picture_of(row: Row, now: float) -> Picture | None:
    """The photo, once it is made."""
    if row.picture_type is None or row.picture_size is None:
        return None
    path = picture_path(row.token, FEED_PICTURE, row.picture_type, signed_until(row.token, now))
    return Picture(absolute(path), row.picture_type, row.picture_size)


def said(moment: datetime) -> str:
    """A time as people say it."""
    there = in_london(moment)
    return f"{there.day} {there:%B %Y at %H:%M}"


def stamp(moment: datetime) -> str:
    """RFC 3339, in UTC."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def xml(words: str) -> str:
    """As text or a quoted attribute of XML."""
    if not words.isprintable():  # lines, and perhaps what no XML may hold
        words = _UNWRITABLE.sub("", words)
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
