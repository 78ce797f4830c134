"""Posters, creatives and the share image of an appeal, and the certificate when it is gone.

Each takes the sheets of one appeal: one, or the Welsh beside the English. Each raises
`foundation.printing.exceptions.NotPrinted`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import Enum
from io import BytesIO
from pathlib import Path
from typing import Any

import segno

from appeals.printing.certificate import Outlet, words_of
from appeals.printing.sheet import Sheet
from foundation.printing.services import Printed, print_pdf, print_png

QUIET_ZONE = 4  # modules of white that a reader needs around a code (ISO/IEC 18004)
PHOTO = "photo.jpg"
TEMPLATES = Path(__file__).parent / "typ"


class Shape(Enum):
    """What billboards and social networks show, in pixels."""

    LANDSCAPE = (1920, 1080)
    PORTRAIT = (1080, 1920)
    SIX_SHEET = (1200, 1800)
    SHARE = (1200, 630)


def poster(sheets: Sequence[Sheet], *, paper: str = "a4") -> Printed:
    """One page of A4 or A3 (`a4`, `a3`), PDF/UA-1, with a QR code that opens the appeal page."""
    pictures = _pictures(sheets) | {"qr.svg": _qr(sheets[0].web_address)}
    return print_pdf(TEMPLATES / "poster.typ", {**_words(sheets), "paper": paper}, pictures, most_pages=1)


def creative(sheets: Sequence[Sheet], shape: Shape) -> Printed:
    """A picture with very few words, to be read at ten metres."""
    width, height = shape.value
    return print_png(
        TEMPLATES / "creative.typ", _words(sheets), _pictures(sheets), width=width, height=height
    )


def certificate(*, reference: str, issued: date, outlets: Sequence[Outlet]) -> Printed:
    """For the person who was looked for: every outlet, when it was told, and whether it is gone. PDF/UA-1."""
    words = words_of(reference=reference, issued=issued, outlets=outlets)
    return print_pdf(TEMPLATES / "certificate.typ", words)


def _words(sheets: Sequence[Sheet]) -> dict[str, Any]:
    picture = PHOTO if sheets[0].picture else None
    return {"sheets": [sheet.for_template() for sheet in sheets], "picture": picture}


def _pictures(sheets: Sequence[Sheet]) -> dict[str, bytes]:
    picture = sheets[0].picture
    return {PHOTO: picture} if picture else {}


def _qr(address: str) -> bytes:
    drawn = BytesIO()
    segno.make_qr(address, error="m").save(drawn, kind="svg", border=QUIET_ZONE, xmldecl=False)
    return drawn.getvalue()
