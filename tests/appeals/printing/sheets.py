"""Sheets to print, and looking into what was printed."""

from __future__ import annotations

from datetime import date
from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image
from pypdf import PdfReader

from appeals.printing.sheet import Sheet, sheet_of
from appeals.projection import Published

ADDRESS = "https://appeals.harbour.example/a/7Kq2xZ9d"


@cache
def photo(width: int = 400, height: int = 500) -> bytes:
    """A picture of one colour, whose share of a page can be counted."""
    made = BytesIO()
    Image.new("RGB", (width, height), (200, 30, 60)).save(made, "JPEG")
    return made.getvalue()


def sheet(*, picture: bytes | None = b"", **given: Any) -> Sheet:
    """English unless told otherwise."""
    words: dict[str, Any] = {
        "reference": "AP-7K2M-9QXD",
        "language": "en",
        "name": "Amina Rahman",
        "first_name": "Amina",
        "age": 15,
        "missing_since": date(2026, 11, 3),
        "area": "Hackney",
        "headline": "",
        "description": "Amina is 5 feet 3 and has long black hair.",
        "clothing": "A green parka and white trainers.",
        "alt_text": "A girl with long black hair, smiling.",
    }
    published = Published(**{**words, **given})
    return sheet_of(published, web_address=ADDRESS, picture=photo() if picture == b"" else picture)


def welsh(**given: Any) -> Sheet:
    """The same in Welsh."""
    words = {
        "language": "cy",
        "area": "Caerdydd",
        "description": "Mae gan Amina wallt hir du.",
        "clothing": "Parka gwyrdd.",
        "alt_text": "Merch â gwallt hir du.",
    }
    return sheet(**{**words, **given})


def opened(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """All its words, with one space between them."""
    return " ".join(" ".join(page.extract_text() for page in opened(pdf).pages).split())


def tags_of(pdf: bytes) -> list[dict[str, Any]]:
    """Every element of the tag tree, in reading order: its kind, alternative text and language."""
    found: list[dict[str, Any]] = []

    def walk(element: Any) -> None:
        element = element.get_object() if hasattr(element, "get_object") else element
        if isinstance(element, list):
            for one in element:
                walk(one)
        elif isinstance(element, dict):
            if "/S" in element:
                found.append({key: element.get(key) for key in ("/S", "/Alt", "/Lang")})
            if "/K" in element:
                walk(element["/K"])

    walk(opened(pdf).trailer["/Root"]["/StructTreeRoot"])
    return found


def share_of_photo(png: bytes) -> float:
    """How much of a picture the photo takes."""
    small = Image.open(BytesIO(png)).convert("RGB").resize((100, 100))
    pixels = small.load()
    inside = sum(
        abs(pixels[x, y][0] - 200) + abs(pixels[x, y][1] - 30) + abs(pixels[x, y][2] - 60) < 30
        for x in range(100)
        for y in range(100)
    )
    return inside / 10_000
