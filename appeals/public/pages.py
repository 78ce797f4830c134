"""The finished page of an appeal: rendered once when it is published, from the projection alone.

It holds everything but the signatures of its pictures. `look()` says by which templates, styles and settings
it was made: a page of another look is not shown, but made anew as it is asked for (docs/adr/0082).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from appeals.enums import Language
from appeals.printing.words import day
from appeals.projection import HELPLINE, Published
from appeals.public.addresses import SIGNED_LATER, absolute, page_path, picture_path, signed_until
from foundation import contributions
from foundation.ui.languages import ANNOUNCED_LATER, WELSH, path_in, speaking

TEMPLATE = "appeals_public/appeal.html"
LOOK = "look"
SHARE, POSTERS = "share", ("poster-a4", "poster-a3")
# Widths in pixels of what the photo is served in; a screen takes what suits it.
SIZES = (320, 640, 960)


@dataclass(frozen=True, slots=True)
class File:
    """One rendition that there is: its kind and what it is."""

    kind: str
    content_type: str


def size_kind(width: int) -> str:
    """The kind of the photo in one width."""
    return f"size{width}"


def chrome() -> dict[str, object]:
    """What the skeleton needs where there is no request."""
    return {
        "product_name": settings.PRODUCT_NAME,
        "is_demo": not settings.IS_PRODUCTION,
        "announced_later": True,
    }


def as_read(page: str, token: str, language: str) -> str:
    """A finished page as it is read now: its pictures' addresses signed, and what services announce."""
    signed = page.replace(SIGNED_LATER, signed_until(token))
    return signed.replace(ANNOUNCED_LATER, contributions.announced(language), 1)


def finished(
    token: str, shown: Mapping[str, Any], language: str, files: Sequence[File], *, is_preview: bool = False
) -> str:
    """The page in one language, its pictures' addresses to be signed when it is read. A preview says so."""
    with speaking(language):
        return render_to_string(TEMPLATE, context(token, shown, language, files) | {"is_preview": is_preview})


def context(token: str, shown: Mapping[str, Any], language: str, files: Sequence[File]) -> dict[str, object]:
    """Everything that the page shows; `shown` is language to `Published` as JSON."""
    one = Published.from_json(shown[language])
    pictures = _pictures(token, files)
    other = next((code for code in shown if code != language), None)
    return {
        **chrome(),
        "one": one,
        "language": language,
        "since": day(one.missing_since, language),
        "pictures": pictures,
        "page_address": absolute(page_path(token, language=language)),
        "page_href": page_path(token, language=language),
        "list_href": path_in("/appeals/", welsh=language == WELSH),
        "other_href": page_path(token, language=other) if other else "",
        "easy_href": page_path(token, "easy", language=language),
        "seen_href": page_path(token, "seen", language=language),
        "helpline_href": HELPLINE.replace(" ", ""),
        "data": _data(one, token, language, pictures),
    }


def main_picture(given: Mapping[str, Any]) -> str:
    """The address of the photo in a page's context, empty where there is none."""
    return str(given["pictures"]["main"])


def _pictures(token: str, files: Sequence[File]) -> dict[str, Any]:
    """Addresses by what they are for; empty where there is none."""
    by_kind = {one.kind: picture_path(token, one.kind, one.content_type) for one in files}
    sizes = [(by_kind[size_kind(width)], width) for width in SIZES if size_kind(width) in by_kind]
    return {
        "main": sizes[len(sizes) // 2][0] if sizes else "",
        "set": ", ".join(f"{path} {width}w" for path, width in sizes),
        "share": absolute(by_kind[SHARE]) if SHARE in by_kind else "",
        "posters": [
            {"href": by_kind[kind], "paper": kind.rpartition("-")[2].upper()}
            for kind in POSTERS
            if kind in by_kind
        ],
    }


def _data(one: Published, token: str, language: str, pictures: Mapping[str, Any]) -> SafeString:
    """Structured data (schema.org), as a block of data that no browser runs; nothing in it ends the block."""
    person: dict[str, object] = {"@type": "Person", "name": one.name, "description": one.description}
    if pictures["main"]:
        person["image"] = absolute(pictures["main"])
    said = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "inLanguage": language,
        "url": absolute(page_path(token, language=language)),
        "identifier": one.reference,
        "about": person,
        "contentLocation": {"@type": "Place", "name": one.area},
        "publisher": {"@type": "Organization", "telephone": one.helpline},
    }
    text = json.dumps(said, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return SafeString(text)


@lru_cache(maxsize=4)
def _look(_configured: str) -> str:
    sample = Published(
        "AP-0",
        "en",
        "A B",
        "A",
        30,
        date(2020, 1, 2),
        "An area",
        "A headline",
        "Words.",
        "A coat.",
        "A photo.",
    )
    files = [File(size_kind(width), "image/jpeg") for width in SIZES]
    files += [File(SHARE, "image/png"), *(File(kind, "application/pdf") for kind in POSTERS)]
    shown = {code: {**sample.as_json(), "language": code} for code in Language.values}
    pages = [finished("0" * 16, shown, code, chosen) for code in shown for chosen in (files, [])]
    return sha256("\x00".join(pages).encode()).hexdigest()[:16]


def look() -> str:
    """A mark of how pages are made now: by templates, styles' names and settings."""
    return _look(f"{settings.PUBLIC_BASE_URL} {settings.PRODUCT_NAME} {settings.IS_PRODUCTION}")
